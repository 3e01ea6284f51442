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
  void serialIsNoTypeOfItsOwn() {
    assertThat(TypeSpelling.serial("BIGSERIAL")).isTrue();
    assertThat(TypeSpelling.serial("serial8")).isTrue();
    assertThat(TypeSpelling.serial("bigint")).isFalse();
  }
}
