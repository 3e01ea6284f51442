package dev.lockstep.activities.postgres.observe;

import static dev.lockstep.activities.postgres.dialect.ScratchServer.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.postgres.dialect.ScratchServer;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Questions;
import dev.lockstep.definitions.plan.Questions.Conversion;
import dev.lockstep.definitions.plan.Questions.Expression;
import dev.lockstep.definitions.plan.Questions.Given;
import dev.lockstep.definitions.plan.Questions.Into;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionJudgeTest {
  private static final Jdbi DATABASE = prepared();
  private static final TableName TABLE = TableName.parse("Odd");

  private static Jdbi prepared() {
    Jdbi database = ScratchServer.database();
    try (Handle handle = database.open()) {
      execute(handle, "CREATE SCHEMA extra");
      execute(handle, "CREATE FUNCTION public.loud(text) RETURNS text IMMUTABLE RETURN upper($1)");
      execute(
          handle,
          "CREATE FUNCTION extra.loud(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN $1;"
              + " END'");
      execute(handle, "CREATE DOMAIN checked AS text CHECK (value <> '')");
      execute(handle, "CREATE TYPE mood AS ENUM ('good', 'bad')");
      execute(
          handle,
          "CREATE TABLE \"Odd\" (id bigint PRIMARY KEY, a text NOT NULL, b varchar(10), doc json,"
              + " \"Mixed Case\" int, moody mood, at timestamptz, tags text[],"
              + " twice int GENERATED ALWAYS AS (id * 2) STORED)");
    }
    return database;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a || ' ' || b ~ text ~ true ~ [a, b] ~ ((a || ' '::text) || (b)::text)",
        "a ~ text ~ true ~ [a] ~ a",
        "\"Odd\".a ~ text ~ true ~ [a] ~ a",
        "b -- the name ~ character varying(10) ~ true ~ [b] ~ b",
        "loud(a) ~ text ~ true ~ [a] ~ public.loud(a)",
        "extra.loud(a) ~ text ~ false ~ [a] ~ extra.loud(a)",
        "doc->'x' ~ json ~ true ~ [doc] ~ (doc -> 'x'::text)",
        "\"Mixed Case\" + 1 ~ integer ~ true ~ [Mixed Case] ~ (\"Mixed Case\" + 1)",
        "now() ~ timestamp with time zone ~ false ~ [] ~ now()",
        "gen_random_uuid() ~ uuid ~ false ~ [] ~ gen_random_uuid()",
        "at::date ~ date ~ false ~ [at] ~ (at)::date",
        "id > 3 AND a IS NOT NULL ~ boolean ~ true ~ [a, id] ~ ((id > 3) AND (a IS NOT NULL))",
        "a IS NOT NULL ~ boolean ~ true ~ [a] ~ (a IS NOT NULL)",
        "'good'::mood ~ public.mood ~ true ~ [] ~ 'good'::public.mood",
        "moody ~ public.mood ~ true ~ [moody] ~ moody",
        "tags[1] ~ text ~ true ~ [tags] ~ tags[1]",
        "b::numeric(12,2) ~ numeric(12,2) ~ true ~ [b] ~ (b)::numeric(12,2)",
        "'it''s; ok' ~ text ~ true ~ [] ~ 'it''s; ok'",
        "NULL ~ text ~ true ~ [] ~ NULL",
        "CAST(NULL AS bigserial) ~ bigint ~ true ~ [] ~ CAST(NULL AS bigserial)",
        "CAST(NULL AS checked) ~ public.checked ~ false ~ [] ~ CAST(NULL AS checked)",
        "CAST(NULL AS Varchar(80)) ~ character varying(80) ~ true ~ [] ~ CAST(NULL AS Varchar(80))",
      })
  void serverSaysWhatAnExpressionMeans(
      String sql, String type, boolean immutable, String columns, String qualified) {
    Judgement judgement = judge(sql);
    assertThat(judgement.error()).isEmpty();
    assertThat(judgement.type()).isEqualTo(type);
    assertThat(judgement.immutable()).isEqualTo(immutable);
    assertThat(judgement.columns()).hasToString(columns);
    assertThat(judgement.qualified()).isEqualTo(qualified);
  }

  @Test
  void theSnapshotIsOneAndTheSessionStaysAsItWas() {
    try (Handle handle = DATABASE.open()) {
      execute(
          handle,
          "CREATE OR REPLACE FUNCTION isolation() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$"
              + " BEGIN RAISE '%, %', current_setting('transaction_isolation'),"
              + " current_setting('default_transaction_isolation'); END $$");
    }
    // The planner computes it, and so says what it saw.
    assertThat(judge("isolation()").error()).contains("repeatable read, read committed");
  }

  @Test
  void caseIsWrittenWithoutItsWrapping() {
    assertThat(judge("CASE WHEN id = 1 THEN a END").qualified().replaceAll("\\s+", " "))
        .isEqualTo("CASE WHEN (id = 1) THEN a ELSE NULL::text END");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "(SELECT 1) ~ sub-queries are not possible in an expression over one row",
        "max(id) ~ aggregate functions are not possible in an expression over one row",
        "generate_series(1, 2) ~ set-returning functions are not possible",
        "nope ~ column \"nope\" does not exist",
        "nope(a) ~ function nope(text) does not exist",
        "a; DROP TABLE \"Odd\" ~ semicolon",
        "a) IS NOT NULL), CHECK ((b ~ brackets do not match",
        "'open ~ not closed",
        "a || /* open ~ not closed",
        "\"Odd\" IS NOT NULL ~ whole row",
        "ctid ~ system column \"ctid\" is not possible",
        "a b ~ syntax error",
        "row(id, a) ~ pseudo-type record",
        "-- nothing ~ no expression",
        "$1 ~ there is no parameter $1",
        "CAST(NULL AS nope) ~ type \"nope\" does not exist",
        "CAST(NULL AS text PRIMARY KEY) ~ more than a type"
      })
  void whatCannotBeUsedIsRefusedWithAReason(String sql, String error) {
    assertThat(judge(sql).error()).hasValueSatisfying(e -> assertThat(e).contains(error));
  }

  @Test
  void givenColumnsComeBesidesOrInstead() {
    Judgement judgement =
        judge(
            TABLE,
            List.of(
                new Given("a", Optional.of("int"), Optional.empty()),
                new Given("c", Optional.empty(), Optional.of("id"))),
            "a + c",
            Optional.empty());
    assertThat(judgement.type()).isEqualTo("bigint");
    assertThat(judgement.columns()).containsExactly("a", "c");
  }

  @Test
  void tableNeedNotExist() {
    Judgement judgement =
        judge(
            TableName.parse("nowhere.to_come"),
            List.of(new Given("x", Optional.of("numeric(4,2)"), Optional.empty())),
            "to_come.x > 0",
            Optional.empty());
    assertThat(judgement.error()).isEmpty();
    assertThat(judgement.type()).isEqualTo("boolean");
  }

  @Test
  void assignmentIsCheckedAndCounts() {
    assertThat(into("id", "int", Conversion.ASSIGNMENT).error()).isEmpty();
    assertThat(into("a", "int", Conversion.ASSIGNMENT).error())
        .hasValueSatisfying(e -> assertThat(e).contains("is of type integer"));
    assertThat(into("now()", "int", Conversion.ASSIGNMENT).error()).isPresent();
    assertThat(into("a", "text", Conversion.ASSIGNMENT).immutable()).isTrue();
    assertThat(into("at", "text", Conversion.ASSIGNMENT).immutable()).isFalse();
  }

  @Test
  void castIsPartOfTheExpression() {
    Judgement judgement = into("a", "int", Conversion.CAST);
    assertThat(judgement.error()).isEmpty();
    assertThat(judgement.type()).isEqualTo("integer");
    assertThat(judgement.qualified()).isEqualTo("(a)::integer");
    assertThat(judgement.immutable()).isTrue();
    assertThat(into("doc", "int", Conversion.CAST).error())
        .hasValueSatisfying(e -> assertThat(e).contains("cannot cast type json to integer"));
  }

  @Test
  void nothingIsLeftBehind() {
    try (Handle handle = DATABASE.open()) {
      Questions questions = questions(TABLE, List.of(), "a", Optional.empty());
      new PostgresObserver().observe(handle, questions, List.of());
      assertThat(
              handle
                  .select("SELECT count(*) FROM pg_class WHERE relpersistence = 't'")
                  .mapTo(Integer.class)
                  .one())
          .isZero();
      assertThat(handle.select("SHOW search_path").mapTo(String.class).one())
          .isEqualTo("\"$user\", public");
    }
  }

  @Test
  void missingPrivilegeForTemporaryTablesIsNamed() {
    var database = TestServer.newDatabase();
    try (Handle handle = Jdbi.open(() -> TestServer.connect(database, "test"))) {
      execute(handle, "REVOKE TEMPORARY ON DATABASE " + database.name() + " FROM public");
      execute(handle, "SET ROLE " + TestServer.GUEST);
      Questions questions = questions(TABLE, List.of(), "1", Optional.empty());
      Observation observation = new PostgresObserver().observe(handle, questions, List.of());
      assertThat(observation.expressions().get(0).error())
          .hasValueSatisfying(e -> assertThat(e).contains("GRANT TEMPORARY"));
    }
  }

  private static Judgement judge(String sql) {
    return judge(TABLE, List.of(), sql, Optional.empty());
  }

  private static Judgement into(String sql, String type, Conversion conversion) {
    Into into = new Into(Optional.of(type), Optional.empty(), conversion);
    return judge(TABLE, List.of(), sql, Optional.of(into));
  }

  private static Judgement judge(
      TableName table, List<Given> given, String sql, Optional<Into> into) {
    try (Handle handle = DATABASE.open()) {
      return new PostgresObserver()
          .observe(handle, questions(table, given, sql, into), List.of())
          .expression("id")
          .orElseThrow();
    }
  }

  private static Questions questions(
      TableName table, List<Given> given, String sql, Optional<Into> into) {
    Expression expression = new Expression("id", table, given, sql, into);
    return new Questions(List.of(table), List.of(expression), List.of(), List.of());
  }
}
