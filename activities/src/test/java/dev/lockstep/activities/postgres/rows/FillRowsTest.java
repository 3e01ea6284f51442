package dev.lockstep.activities.postgres.rows;

import static dev.lockstep.activities.postgres.rows.RowsFixture.BY_PLACE;
import static dev.lockstep.activities.postgres.rows.RowsFixture.filling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import dev.lockstep.definitions.check.LimitChecks;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FillRowsTest {
  private static final String NAME = "first || ' ' || last";

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("id integer PRIMARY KEY", "n", key("id", "integer")),
        Arguments.of("id bigint PRIMARY KEY", "n * 7919 % 104729", key("id", "bigint")),
        Arguments.of("id bigint PRIMARY KEY", "-n * 1000000007::bigint", key("id", "bigint")),
        Arguments.of("id uuid PRIMARY KEY", "gen_random_uuid()", key("id", "uuid")),
        Arguments.of("id text PRIMARY KEY", "odd(n)", key("id", "text")),
        Arguments.of("id text COLLATE \"C\" PRIMARY KEY", "odd(n)", key("id", "text")),
        Arguments.of("id text COLLATE \"und-x-icu\" PRIMARY KEY", "odd(n)", key("id", "text")),
        Arguments.of("id char(12) PRIMARY KEY", "n::text", key("id", "character(12)")),
        Arguments.of("id bytea PRIMARY KEY", "decode(md5(n::text), 'hex')", key("id", "bytea")),
        Arguments.of("id numeric PRIMARY KEY", "n / 7.0", key("id", "numeric")),
        Arguments.of(
            "id timestamptz PRIMARY KEY",
            "timestamptz '2026-01-01 00:00:00.000001+02' + n * interval '1.000001 s'",
            key("id", "timestamp with time zone")),
        Arguments.of("\"Ä id\" bigint PRIMARY KEY", "n", key("Ä id", "bigint")),
        Arguments.of("id bigint", "n", BY_PLACE));
  }

  private static RowKey key(String column, String type) {
    return new RowKey(List.of(new KeyColumn(column, type)));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyRowIsFilledOnceWhateverItsKey(String column, String value, RowKey key) {
    try (RowsFixture fixture = new RowsFixture()) {
      fixture.execute(
          "CREATE FUNCTION odd(n integer) RETURNS text LANGUAGE sql"
              + " AS $$ SELECT chr(33 + n % 90) || '\\''\"' || chr(192 + n % 60) || n $$",
          "CREATE TABLE people (%s, first text, last text)".formatted(column),
          "INSERT INTO people SELECT %s, 'f' || n, 'l' || n FROM generate_series(1, 5000) AS n"
              .formatted(value),
          "ALTER TABLE people ADD COLUMN \"full\" text",
          "CREATE SEQUENCE evaluated");

      StepOutcome outcome =
          fixture.fill(filling(key, NAME + " || left(nextval('evaluated')::text, 0)"));

      assertThat(outcome.figures())
          .containsEntry("rows", 5000L)
          .containsEntry("batchesRepeated", 0L);
      assertThat(fixture.count("SELECT count(*) FROM people WHERE \"full\" = first || ' ' || last"))
          .isEqualTo(5000);
      assertThat(fixture.count("SELECT last_value FROM evaluated")).isEqualTo(5000);
      assertThat(fixture.count("SELECT count(*) FROM lockstep.ranges WHERE state <> 'DONE'"))
          .isZero();
    }
  }

  @Test
  void theFiguresTellHowMuchTheTableGrew() {
    try (RowsFixture fixture = RowsFixture.withPeople(20_000)) {
      String size = "SELECT pg_total_relation_size('people')";
      fixture.execute("VACUUM people");
      long before = fixture.count(size);

      StepOutcome outcome = fixture.fill(filling(NAME));

      assertThat(outcome.figures()).containsKey("deadRows");
      assertThat(outcome.figures().get("tableGrowthBytes"))
          .isPositive()
          // Who vacuums meanwhile adds to the table's maps.
          .isLessThanOrEqualTo(fixture.count(size) - before);
    }
  }

  @Test
  void severalKeyColumnsAreOneOrder() {
    try (RowsFixture fixture = new RowsFixture()) {
      fixture.execute(
          "CREATE TABLE people (region text, day date, id integer, first text, last text,"
              + " PRIMARY KEY (region, day, id))",
          "INSERT INTO people SELECT chr(97 + n % 3), date '2026-01-01' + n % 17, n, 'f', 'l'"
              + " FROM generate_series(1, 3000) AS n",
          "ALTER TABLE people ADD COLUMN \"full\" text");
      RowKey key =
          new RowKey(
              List.of(
                  new KeyColumn("region", "text"),
                  new KeyColumn("day", "date"),
                  new KeyColumn("id", "integer")));

      assertThat(fixture.fill(filling(key, NAME)).figures()).containsEntry("rows", 3000L);
      assertThat(fixture.count("SELECT count(*) FROM people WHERE \"full\" IS NULL")).isZero();
    }
  }

  @Test
  void placesAreListedForServersThatCannotReadARangeOfThem() throws SQLException {
    try (RowsFixture fixture = new RowsFixture()) {
      fixture.execute(
          "CREATE TABLE people (first text)",
          "INSERT INTO people SELECT 'f' || n FROM generate_series(1, 5000) AS n");
      WalkedTable old = new WalkedTable(RowsFixture.PEOPLE, BY_PLACE, 130_000);
      try (Handle handle = fixture.jdbi.open()) {
        Session session = Session.over(handle);
        List<RangeRecord> ranges = new RangeSplitter(old, new Shape(500, 64)).split(session);
        long rows = 0;
        for (RangeRecord range : ranges) {
          String where = old.within(Interval.of(range));
          assertThat(where).contains("ctid = ANY");
          rows += Long.parseLong(session.value("SELECT count(*) FROM people WHERE " + where));
        }
        assertThat(ranges).hasSizeGreaterThan(5);
        assertThat(rows).isEqualTo(5000);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void smallTablesAreFilledToo(int rows) {
    try (RowsFixture fixture = RowsFixture.withPeople(rows)) {
      assertThat(fixture.fill(filling(NAME)).figures()).containsEntry("rows", (long) rows);
      assertThat(fixture.count("SELECT count(*) FROM people WHERE \"full\" IS NULL")).isZero();
    }
  }

  static Stream<Integer> sizes() {
    return Stream.of(0, 1, 2, 11);
  }

  @Test
  void aTableWithoutKeyAndRowsIsDone() {
    try (RowsFixture fixture = RowsFixture.withPeople(0)) {
      assertThat(fixture.fill(filling(BY_PLACE, NAME)).figures()).containsEntry("rows", 0L);
    }
  }

  @Test
  void aValueThatIsRightlyNullDoesNotKeepTheStepGoing() {
    try (RowsFixture fixture = RowsFixture.withPeople(3000)) {
      fixture.execute("UPDATE people SET last = NULL WHERE id % 3 = 0");

      StepOutcome outcome = fixture.fill(filling(NAME));

      assertThat(outcome.figures()).containsEntry("rows", 3000L);
      assertThat(fixture.count("SELECT count(*) FROM people WHERE \"full\" IS NULL"))
          .isEqualTo(1000);
    }
  }

  @Test
  void rowsThatAreFilledAlreadyAreLeftAlone() {
    try (RowsFixture fixture = RowsFixture.withPeople(1000)) {
      fixture.execute("UPDATE people SET \"full\" = 'mine' WHERE id <= 400");

      assertThat(fixture.fill(filling(NAME)).figures()).containsEntry("rows", 600L);
      assertThat(fixture.count("SELECT count(*) FROM people WHERE \"full\" = 'mine'"))
          .isEqualTo(400);
    }
  }

  @Test
  void aDoneStepAnswersWithItsOldFigures() {
    try (RowsFixture fixture = RowsFixture.withPeople(1000)) {
      StepOutcome first = fixture.fill(filling(NAME));
      fixture.execute("UPDATE people SET \"full\" = NULL");

      StepOutcome second = fixture.fill(filling(NAME));

      assertThat(second.alreadyDone()).isTrue();
      assertThat(second.figures()).isEqualTo(first.figures());
      assertThat(fixture.count("SELECT count(*) FROM people WHERE \"full\" IS NULL"))
          .isEqualTo(1000);
    }
  }

  @Test
  void anUndoneStepBeginsAnew() {
    try (RowsFixture fixture = RowsFixture.withPeople(1000)) {
      fixture.fill(filling(NAME));
      fixture.execute(
          "UPDATE people SET \"full\" = NULL", "UPDATE lockstep.steps SET state = 'UNDONE'");

      StepOutcome again = fixture.fill(filling(NAME));

      assertThat(again.alreadyDone()).isFalse();
      assertThat(again.figures()).containsEntry("rows", 1000L);
    }
  }

  @Test
  void expressionsMayHoldQuestionMarksColonsAndBraces() {
    try (RowsFixture fixture = RowsFixture.withPeople(50)) {
      fixture.execute("ALTER TABLE people ADD COLUMN facts jsonb DEFAULT '{\"a\": 1}'");

      fixture.fill(filling("CASE WHEN facts ? 'a' AND '{x}'::text[] <> '{}' THEN ':name ?' END"));

      assertThat(fixture.count("SELECT count(*) FROM people WHERE \"full\" = ':name ?'"))
          .isEqualTo(50);
    }
  }

  @Test
  void expressionsMayNameWhatABlockOfStatementsHasNamesFor() {
    try (RowsFixture fixture = RowsFixture.withPeople(50)) {
      fixture.execute(
          "ALTER TABLE people ADD COLUMN found text DEFAULT 'lost',"
              + " ADD COLUMN lockstep_changed text DEFAULT 'kept'");

      fixture.fill(filling("found || lockstep_changed || '$lockstep$'"));

      assertThat(fixture.count("SELECT count(*) FROM people WHERE \"full\" = 'lostkept$lockstep$'"))
          .isEqualTo(50);
    }
  }

  @Test
  void freshlyLoadedTablesAreReadThroughTheKeysIndex() throws SQLException {
    try (RowsFixture fixture = RowsFixture.withPeople(20000);
        Handle handle = fixture.jdbi.open()) {
      WalkedTable table = new WalkedTable(RowsFixture.PEOPLE, RowsFixture.BY_ID, 180_000);
      Interval most = new Interval(Optional.of(Key.of("100")), Optional.of(Key.of("19000")));
      String explain = "EXPLAIN UPDATE people SET last = '' WHERE " + table.within(most);

      List<String> plan =
          Session.over(handle).values(Sql.together(Sql.settings(WalkedTable.BY_INDEX), explain));

      assertThat(plan).anyMatch(line -> line.contains("people_pkey"));
      assertThat(plan).noneMatch(line -> line.contains("Seq Scan"));
    }
  }

  @Test
  void numbersAreWrittenAsTheServerReadsThem() {
    Locale own = Locale.getDefault();
    try (RowsFixture fixture = RowsFixture.withPeople(3000)) {
      // Its digits are others, and its fractions begin with a comma.
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(fixture.fill(filling(NAME)).figures()).containsEntry("rows", 3000L);
      fixture.execute("UPDATE people SET \"full\" = NULL", "DELETE FROM lockstep.steps");
      assertThat(fixture.fill(filling(BY_PLACE, NAME)).figures()).containsEntry("rows", 3000L);
    } finally {
      Locale.setDefault(own);
    }
  }

  @Test
  void fewerConnectionsThanWantedDoTheWork() {
    try (RowsFixture fixture = RowsFixture.withPeople(200_000)) {
      fixture.limits = RowsFixture.limits(Duration.ofMillis(20), LimitChecks.MOST_PARALLELISM);
      List<Handle> taken = new ArrayList<>();
      for (int i = 0; i < ConnectionSettings.DEFAULT.poolSize() - 3; i++) {
        taken.add(fixture.jdbi.open());
      }

      assertThat(fixture.fill(filling(NAME)).figures()).containsEntry("rows", 200_000L);

      taken.forEach(Handle::close);
    }
  }

  @Test
  void rowsThatAPolicyHidesAreNotPassedOver() {
    try (RowsFixture fixture = RowsFixture.withPeople(100)) {
      fixture.execute(
          "ALTER TABLE people OWNER TO " + TestServer.GUEST,
          "ALTER TABLE people ENABLE ROW LEVEL SECURITY",
          "ALTER TABLE people FORCE ROW LEVEL SECURITY",
          "CREATE POLICY first_ten ON people USING (id <= 10)",
          "GRANT USAGE ON SCHEMA lockstep TO " + TestServer.GUEST,
          "GRANT ALL ON ALL TABLES IN SCHEMA lockstep TO " + TestServer.GUEST);
      TestServer.environment().put("GUEST_USER", TestServer.GUEST);
      TestServer.environment().put("GUEST_PASSWORD", TestServer.PASSWORD);
      StepScope scope = fixture.scope("migrate/people");
      StepScope guest =
          new StepScope(
              scope.run(),
              scope.step(),
              TestServer.as(fixture.database, "GUEST_USER", "GUEST_PASSWORD"),
              scope.limits());

      assertThatThrownBy(() -> fixture.activities().backfill(guest, filling(NAME)))
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> assertThat(failure.getType()).isEqualTo("PRIVILEGE_MISSING"))
          .hasMessageContaining("row-level security policy for table \"people\"");
    }
  }
}
