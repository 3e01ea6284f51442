package dev.lockstep.activities.dump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scripts as pg_dump writes them. */
final class SqlStatementsTest {
  @Test
  void commentsAndCommandsOfPsqlAreNoStatements() {
    assertThat(
            SqlStatements.of(
                "-- a; comment\n\\restrict abc\nSET x = 1;\n\n\\unrestrict abc\nSELECT 2;\n--\n"))
        .containsExactly("SET x = 1", "SELECT 2");
  }

  @Test
  void whatIsQuotedEndsNothing() {
    assertThat(
            SqlStatements.of(
                "COMMENT ON TABLE \"a;\"\"b\" IS 'it''s; -- 1';"
                    + "SELECT E'a\\';b', e, 1-2, '\\';"
                    + "CREATE FUNCTION f() AS $body$ a; $$ ; ' $body$;"
                    + "DO $$ x; $$"))
        .containsExactly(
            "COMMENT ON TABLE \"a;\"\"b\" IS 'it''s; -- 1'",
            "SELECT E'a\\';b', e, 1-2, '\\'",
            "CREATE FUNCTION f() AS $body$ a; $$ ; ' $body$",
            "DO $$ x; $$");
  }

  @Test
  void aLongTextIsNoTrouble() {
    String text = "SELECT '" + "x''".repeat(200_000) + "'";

    assertThat(SqlStatements.of(text + ";SELECT 1;")).containsExactly(text, "SELECT 1");
  }
}
