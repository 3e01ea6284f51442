package dev.lockstep.activities.postgres.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuerySignalTest {
  private static HealthSignal signal(String sql) {
    return new QuerySignal(new Maximum("signal queue", 10), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 10",
        "SELECT 9.99 -- why not",
        "WITH a AS (SELECT 1 AS n) SELECT count(*) FROM a",
        "SELECT '-Infinity'::float8",
        "SELECT '{\"a\": 1}'::jsonb ->> 'a' WHERE '{\"a\": 1}'::jsonb ? 'a' AND ':x' <> '<y>'"
      })
  void aValueWithinTheLimitIsNoConcern(String sql) {
    try (SignalFixture fixture = new SignalFixture()) {
      assertThat(fixture.concern(signal(sql))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"SELECT 11, 11", "SELECT 10.5, 10.5", "SELECT 'Infinity'::float8, infinite"})
  void aValueAboveTheLimitIsToldWithBoth(String sql, String value) {
    try (SignalFixture fixture = new SignalFixture()) {
      assertThat(fixture.concern(signal(sql))).contains("signal queue is " + value + ", limit 10");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1 WHERE false | signal queue has no value",
        "SELECT NULL | signal queue has no value",
        "SELECT 'hunter2' | signal queue is not a number",
        "SELECT 'NaN'::float8 | signal queue is not a number (NaN)",
        "SELECT pg_sleep(60) | signal queue was not answered within 1s",
        "SELECT 'hunter2'::integer | signal queue cannot be read (SQLSTATE 22P02)",
        "SELECT 1, 2 | signal queue cannot be read (SQLSTATE 42601)",
        "SELECT generate_series(1, 2) | signal queue cannot be read (SQLSTATE 21000)",
        "SELECT 1); DROP TABLE lockstep.runs; SELECT (1 | signal queue cannot be read (SQLSTATE 25006)",
        "SELECT nextval('beads') | signal queue cannot be read (SQLSTATE 25006)"
      })
  void whatIsNotOneNumberIsUnreadable(String sql, String sentence) {
    try (SignalFixture fixture = new SignalFixture()) {
      fixture.execute("CREATE SEQUENCE beads");
      assertThatThrownBy(() -> fixture.concern(signal(sql)))
          .isInstanceOf(UnreadableException.class)
          .hasMessage(sentence);
      assertThat(fixture.concern(signal("SELECT count(*) FROM lockstep.runs"))).isEmpty();
    }
  }

  @Test
  void aTableThatTheRoleMayNotReadIsNotLeftOut() {
    try (SignalFixture fixture = new SignalFixture()) {
      fixture.execute("CREATE TABLE secret (n integer)");
      assertThatThrownBy(
              () -> SignalFixture.concern(signal("SELECT count(*) FROM secret"), fixture.guest()))
          .hasMessageStartingWith("signal queue may not be read (SQLSTATE 42501)");
    }
  }
}
