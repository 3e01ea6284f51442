package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TypeSpellingTest {
  @Test
  void aliasesAreOneType() {
    assertThat(TypeSpelling.same("int", "integer")).isTrue();
    assertThat(TypeSpelling.same("VARCHAR ( 80 )", "character varying(80)")).isTrue();
    assertThat(TypeSpelling.same("decimal(10, 2)", "numeric(10,2)")).isTrue();
    assertThat(TypeSpelling.same("timestamptz(3)", "timestamp(3) with time zone")).isTrue();
    assertThat(TypeSpelling.same("timestamptz", "timestamp with time zone")).isTrue();
  }

  @Test
  void lengthsMatterOnlyToTheWholeType() {
    assertThat(TypeSpelling.same("varchar(80)", "varchar(40)")).isFalse();
    assertThat(TypeSpelling.base("timestamp(3) with time zone"))
        .isEqualTo("timestamp with time zone");
    assertThat(TypeSpelling.base("varchar(80)")).isEqualTo("character varying");
  }

  @Test
  void arraysAndQuotedNamesAreTypesToo() {
    assertThat(TypeSpelling.same("varchar(20)[]", "character varying(20)[]")).isTrue();
    assertThat(TypeSpelling.same("int[3]", "integer[]")).isTrue();
    assertThat(TypeSpelling.same("int[]", "integer")).isFalse();
    assertThat(TypeSpelling.same("\"Mood\"", "mood")).isFalse();
    assertThat(TypeSpelling.same("dec(10,2)", "numeric(10,2)")).isTrue();
  }

  @Test
  void aValueOfAnotherTypeIsCastWithoutALengthThatWouldCutIt() {
    assertThat(TypeSpelling.cast("integer", "varchar(5)")).contains("text");
    assertThat(TypeSpelling.cast("integer", "char(5)")).contains("text");
    assertThat(TypeSpelling.cast("text[]", "varchar(5)[]")).contains("text[]");
    assertThat(TypeSpelling.cast("double precision", "bigint")).contains("bigint");
    assertThat(TypeSpelling.cast("timestamp without time zone", "time")).contains("time");
    assertThat(TypeSpelling.cast("text", "public.mood")).contains("public.mood");
    assertThat(TypeSpelling.cast("text", "varchar(5)")).isEmpty();
    assertThat(TypeSpelling.cast("integer", "int")).isEmpty();
    assertThat(TypeSpelling.cast("bit varying", "bit(8)")).isEmpty();
    assertThat(TypeSpelling.cast("", "integer")).isEmpty();
  }

  @Test
  void serialIsNoTypeOfItsOwn() {
    assertThat(TypeSpelling.serial("BIGSERIAL")).isTrue();
    assertThat(TypeSpelling.serial("serial8")).isTrue();
    assertThat(TypeSpelling.serial("bigint")).isFalse();
  }
}
