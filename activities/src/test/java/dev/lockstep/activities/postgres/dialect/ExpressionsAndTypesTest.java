package dev.lockstep.activities.postgres.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionsAndTypesTest {
  private final PostgresDialect dialect = new PostgresDialect();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1.5e3",
        "'x'",
        "'x'::character varying",
        "'{}'::jsonb",
        "now()",
        "NULL",
        "true",
        "CURRENT_TIMESTAMP",
        "now() + interval '1 day'",
        "ARRAY[1, 2]::int[]",
        "date '2020-01-01'",
        "'1'::numeric(10,2) * 2",
        "E'\\n'",
        "('a'::text || 'b'::text)",
        "pg_catalog.now()",
        "'2020-01-01'::timestamp(3) with time zone",
        "'red'::public.\"Colour\"",
        "$$x$$"
      })
  void constantsAreEvaluatedOnce(String expression) {
    assertThat(dialect.constant(expression)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gen_random_uuid()",
        "random()",
        "nextval('s'::regclass)",
        "clock_timestamp()",
        "f(1)",
        "ARRAY['a'::text, gen_random_uuid()::text]",
        "'a'::text || random()",
        "\"now\"()",
        "",
        "s.now()",
        "a",
        "('a'::text) || f()",
        "'x'::text COLLATE \"C\""
      })
  void whateverElseCountsAsVolatile(String expression) {
    assertThat(dialect.constant(expression)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "character varying(80) | varchar(80)",
        "character varying(80) | VARCHAR ( 120 )",
        "character varying(80) | varchar",
        "character varying(80) | text",
        "text | varchar",
        "numeric(10,2) | numeric(12, 2)",
        "numeric(10,2) | decimal",
        "numeric(10) | numeric(12)",
        "integer | int4",
        "timestamp with time zone | timestamptz",
        "timestamp(3) with time zone | timestamp(3) with time zone",
        "\"My Type\" | \"My Type\""
      })
  void wideningNeedsNoRewrite(String from, String to) {
    assertThat(dialect.widens(from, to)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "character varying(80) | varchar(79)",
        "character varying | varchar(80)",
        "text | varchar(80)",
        "character(8) | varchar(80)",
        "numeric(10,2) | numeric(12,3)",
        "numeric(10,2) | numeric(9,2)",
        "numeric | numeric(12,2)",
        "integer | bigint",
        "character varying(8)[] | text[]",
        "json | jsonb",
        "timestamp(3) with time zone | timestamptz",
        "\"my Type\" | \"My Type\""
      })
  void everythingElseIsNoWidening(String from, String to) {
    assertThat(dialect.widens(from, to)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json|false",
        "json[]|false",
        "xml|false",
        "point|false",
        "jsonb|true",
        "text|true",
        "varchar(20)[]|true",
        "timestamptz|true",
        "timestamp(3) without time zone|true",
        "numeric(12,2)|true",
        // 1.0 = 1.00, 1 day = 24 hours, boxes of one area, 'a' = 'A'
        "numeric|false",
        "numeric[]|false",
        "interval|false",
        "box|false",
        "public.citext|false",
        "\"My Type\"|false"
      })
  void typesAreKnownWhoseEqualValuesAreTheSame(String type, boolean comparable) {
    assertThat(dialect.comparable(type)).isEqualTo(comparable);
  }
}
