package dev.lockstep.definitions.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Signal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The checks on models that no reader made; the cases of each rule stand with the reader's tests.
 */
final class DefinitionChecksTest {
  private static final Database SHOP =
      new Database(
          "shop",
          Engine.POSTGRESQL,
          new Connection.Service("shop", "postgres", 5432, "shop"),
          new Credentials.None(),
          List.of());

  @Test
  void aSoundMigrationHasNoProblem() {
    assertThat(DefinitionChecks.check(List.of(SHOP, migration(addColumn("a", "note"))))).isEmpty();
  }

  @Test
  void aDefaultStandsInForUp() {
    Column column = new Column("n", "integer", false, Optional.of("0"), false);

    assertThat(check(new Change.AddColumn("a", column, Optional.empty()))).isEmpty();
  }

  @Test
  void aLookupStandsInForUpAndNotBesideIt() {
    Column column = new Column("n", "integer", false, Optional.empty(), false);
    Lookup lookup = new Lookup("b", new TreeMap<>(Map.of("b_id", "id")), "size", true);

    assertThat(check(new Change.AddColumn("a", column, Optional.empty(), Optional.of(lookup))))
        .isEmpty();
    assertThat(check(new Change.AddColumn("a", column, Optional.of("1"), Optional.of(lookup))))
        .extracting(Problem::code)
        .containsExactly(Code.CHOICE_WRONG);
  }

  @Test
  void aLookupNamesAnotherTableAndWhatItMatches() {
    Column column = new Column("n", "integer", true, Optional.empty(), false);
    Lookup lookup = new Lookup("public.a", new TreeMap<>(), "size", true);

    assertThat(check(new Change.AddColumn("a", column, Optional.empty(), Optional.of(lookup))))
        .extracting(p -> p.path() + " " + p.code())
        .containsExactly(
            "spec.changes[0].addColumn.lookup.match VALUE_WRONG",
            "spec.changes[0].addColumn.lookup.from CHANGE_UNSUPPORTED");
  }

  @Test
  void whatIsLookedUpIsNotTakenAway() {
    Column column = new Column("n", "integer", true, Optional.empty(), false);
    Lookup lookup = new Lookup("b", new TreeMap<>(Map.of("b_id", "id")), "size", true);
    Change look = new Change.AddColumn("a", column, Optional.empty(), Optional.of(lookup));

    assertThat(
            check(
                look,
                new Change.DropColumn("a", "b_id", Optional.empty()),
                new Change.RenameColumn("b", "id", "key")))
        .extracting(p -> p.path() + " " + p.code())
        .containsExactly(
            "spec.changes[0].addColumn.lookup.match.b_id CHANGES_CLASH",
            "spec.changes[0].addColumn.lookup.match.b_id CHANGES_CLASH");
    assertThat(check(look, new Change.DropTable("b"))).hasSize(1);
  }

  @Test
  void tablesOfDifferentSchemasDoNotClash() {
    assertThat(check(addColumn("a", "x"), addColumn("other.a", "x"))).isEmpty();
  }

  @Test
  void tablesWithAndWithoutTheirSchemaAreTheSame() {
    assertThat(check(addColumn("a", "x"), addColumn("public.a", "x")))
        .extracting(Problem::code)
        .containsExactly(Code.CHANGES_CLASH);
  }

  @Test
  void aNewTableMayGetIndexesAndConstraints() {
    Column id = new Column("id", "bigint", false, Optional.empty(), true);

    assertThat(
            check(
                new Change.CreateTable("t", List.of(id)),
                new Change.CreateIndex(
                    "t", "t_idx", List.of("id"), false, Optional.empty(), Optional.empty())))
        .isEmpty();
  }

  @Test
  void messagesNameBothPlaces() {
    assertThat(check(addColumn("a", "x"), new Change.DropColumn("a", "x", Optional.empty())))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("spec.changes[1].dropColumn.column");
              assertThat(problem.message())
                  .contains("public.a.x", "dropped here", "spec.changes[0].addColumn.column.name");
            });
  }

  @Test
  void lengthsOfIdentifiersAreCountedInBytes() {
    assertThat(check(addColumn("a", "\u00e9".repeat(31)))).isEmpty();
    assertThat(check(addColumn("a", "\u00e9".repeat(32))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("64 bytes", "at most 63"));
  }

  @Test
  void columnsOfTheServerAreNotMade() {
    assertThat(check(addColumn("a", "xmin")))
        .extracting(Problem::path)
        .containsExactly("spec.changes[0].addColumn.column.name");
    assertThat(check(new Change.RenameColumn("a", "x", "ctid")))
        .extracting(Problem::path)
        .containsExactly("spec.changes[0].renameColumn.to");
  }

  @Test
  void aScaleMayBeNegativeAndNothingElse() {
    assertThat(check(alter("numeric(3,-2)"))).isEmpty();
    assertThat(check(alter("numeric(3,--2)"))).hasSize(1);
    assertThat(check(alter("text -"))).hasSize(1);
    assertThat(check(alter("1-".repeat(100_000)))).hasSize(1);
  }

  private static Change alter(String type) {
    return new Change.AlterColumn(
        "a", "x", Optional.of(type), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void findingsSayWhoseTheyAre() {
    List<Finding> findings =
        DefinitionChecks.findings(
            List.of(SHOP, migration(addColumn("a", "x"), addColumn("a", "x"))), List.of());

    assertThat(findings).singleElement().satisfies(found -> assertThat(found.index()).isEqualTo(1));
  }

  @Test
  void anUnreadableDatabaseIsNotMissing() {
    List<Migration> alone = List.of(migration(addColumn("a", "x")));

    assertThat(DefinitionChecks.findings(List.copyOf(alone), List.of("shop"))).isEmpty();
    assertThat(DefinitionChecks.check(List.copyOf(alone)))
        .extracting(Problem::code)
        .containsExactly(Code.REFERENCE_UNKNOWN);
  }

  @Test
  void limitsHaveRanges() {
    Limits wrong =
        new Limits(
            Duration.ofSeconds(11),
            Duration.ofNanos(1),
            Optional.empty(),
            Optional.of(Duration.ofDays(2)),
            0);

    assertThat(LimitChecks.check(Limits.DEFAULT)).isEmpty();
    assertThat(LimitChecks.check(wrong))
        .extracting(Problem::toString)
        .containsExactly(
            "lockTimeout: is 11s; wanted 1ms to 10s [VALUE_WRONG]",
            "batchDuration: is PT0.000000001S; wanted 10ms to 10s [VALUE_WRONG]",
            "maxReplicaLag: is 2d; wanted 100ms to 1d [VALUE_WRONG]",
            "parallelism: is 0; wanted 1 to 16 [VALUE_WRONG]");
  }

  @Test
  void tablesAtATimeHaveARangeTogetherWithTheRangesOfEach() {
    Limits one = Limits.DEFAULT;
    Limits eight =
        new Limits(
            one.lockTimeout(), one.batchDuration(), one.maxRowsPerSecond(), one.maxReplicaLag(), 8);

    assertThat(LimitChecks.check(one.withTables(1))).isEmpty();
    assertThat(LimitChecks.check(one.withTables(8))).isEmpty();
    assertThat(LimitChecks.check(eight.withTables(2))).isEmpty();
    assertThat(LimitChecks.check(one.withTables(0)))
        .extracting(Problem::toString)
        .containsExactly("tables: is 0; wanted 1 to 8 [VALUE_WRONG]");
    assertThat(LimitChecks.check(one.withTables(9)))
        .extracting(Problem::toString)
        .containsExactly("tables: is 9; wanted 1 to 8 [VALUE_WRONG]");
    assertThat(LimitChecks.check(eight.withTables(3)))
        .extracting(Problem::toString)
        .containsExactly(
            "tables: is 3, with parallelism 8 that is 24 ranges at a time; wanted at most 16"
                + " [VALUE_WRONG]");
  }

  @Test
  void limitsOfHealthHaveRanges() {
    Signal signal = new Signal("s", new Signal.Query("SELECT 1"), 1);
    HealthLimits wrong =
        new HealthLimits(
            Optional.of(new ByteCount(16)),
            Optional.of(new ByteRate(new ByteCount(1024))),
            Optional.of(Duration.ofHours(2)),
            Optional.of(-1),
            Optional.empty(),
            List.of(signal, signal, signal, signal, signal, signal));

    assertThat(LimitChecks.check(Limits.DEFAULT.with(wrong)))
        .extracting(Problem::toString)
        .startsWith(
            "maxArchiveBacklog: is 16B; wanted at least 1MiB [VALUE_WRONG]",
            "maxWalRate: is 1KiB/s; wanted at least 64KiB/s [VALUE_WRONG]",
            "maxCommitLatency: is 7200s; wanted 5ms to 3600s [VALUE_WRONG]",
            "maxActiveSessions: is -1; wanted 1 to 100000 [VALUE_WRONG]",
            "signals: are 6; wanted at most 5 [VALUE_WRONG]",
            "signals[1].name: is `s`, which an earlier signal has already [NAME_TAKEN]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "\n  with a as (select 1) select * from a -- done",
        "(select 1)",
        "Select ';'"
      })
  void whatLooksLikeAQueryIsOne(String sql) {
    HealthLimits health =
        new HealthLimits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(new Signal("s", new Signal.Query(sql), 1)));

    assertThat(LimitChecks.check(Limits.DEFAULT.with(health))).isEmpty();
  }

  private static List<Problem> check(Change... changes) {
    return DefinitionChecks.check(List.of(SHOP, migration(changes)));
  }

  private static Change addColumn(String table, String name) {
    Column column = new Column(name, "text", true, Optional.empty(), false);
    return new Change.AddColumn(table, column, Optional.empty());
  }

  private static Migration migration(Change... changes) {
    return new Migration(
        "m",
        "shop",
        Arrays.asList(changes),
        List.of(),
        List.of(),
        ContractPolicy.DEFAULT,
        Limits.DEFAULT,
        Migration.OnFailure.ROLLBACK,
        List.of());
  }
}
