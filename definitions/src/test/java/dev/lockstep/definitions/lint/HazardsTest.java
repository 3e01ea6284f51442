package dev.lockstep.definitions.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.model.Rate;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Draft;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.Planning;
import dev.lockstep.definitions.plan.PretendServer;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.definitions.plan.TableSketch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each hazard where it may hurt, and its silence where it does not. */
final class HazardsTest {
  private static final Draft HARMLESS = Draft.of(Draft.plain("tier", "text", Optional.empty()));

  @Test
  void aBackfillOfManyRowsIsBig() {
    Draft draft = Draft.of(Draft.add("full_name", "text", true, "first_name"));
    assertThat(found(Hazards.BIG_BACKFILL, draft, TableSketch.customers().rows(50_000_000)))
        .singleElement()
        .matches(m -> m.contains("50,000,000 rows") && m.contains("GiB of log"))
        .matches(m -> m.contains("about 6 min"));
    silent(Hazards.BIG_BACKFILL, draft, TableSketch.customers());
  }

  @Test
  void aSlowBackfillIsBigToo() {
    Limits slow =
        new Limits(
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Optional.of(new Rate(100)),
            Optional.empty(),
            1);
    Draft draft = Draft.of(Draft.add("full_name", "text", true, "first_name")).with(slow);
    assertThat(found(Hazards.BIG_BACKFILL, draft, TableSketch.customers())).hasSize(1);
  }

  @Test
  void whoChangesARowThatOthersFollowChangesThemToo() {
    Draft followed = Draft.of(lookedUp(true, true));
    assertThat(found(Hazards.LOOKUP_FOLLOWED, followed, orders(0), customers()))
        .singleElement()
        .matches(m -> m.contains("changes email in a row of customers"))
        .matches(m -> m.endsWith("up to 1 row"));
    assertThat(found(Hazards.LOOKUP_FOLLOWED, followed, orders(0.01), customers()))
        .singleElement()
        .matches(m -> m.endsWith("up to 2,000 rows"));
    silent(Hazards.LOOKUP_FOLLOWED, Draft.of(lookedUp(false, true)), orders(0.5), customers());
  }

  @Test
  void aRowThatVeryManyFollowStops() {
    Draft followed = Draft.of(lookedUp(true, true)).allowing("LOOKUP_FAN_OUT");
    assertThat(found(Hazards.LOOKUP_FAN_OUT, followed, orders(0.5), customers()))
        .singleElement()
        .matches(m -> m.endsWith("up to 100,000 rows"));
    silent(Hazards.LOOKUP_FAN_OUT, Draft.of(lookedUp(true, true)), orders(0.01), customers());
  }

  @Test
  void aValueThatIsLookedUpMayBeMissing() {
    assertThat(
            found(Hazards.NULLS_REFUSED, Draft.of(lookedUp(true, false)), orders(0), customers()))
        .singleElement()
        .matches(m -> m.contains("email of customers may be NULL"));
    assertThat(
            found(Hazards.NULLS_REFUSED, Draft.of(lookedUp(false, false)), orders(0), customers()))
        .anyMatch(m -> m.contains("a row of customers may be missing"));
    silent(Hazards.NULLS_REFUSED, Draft.of(lookedUp(true, true)), orders(0), customers());
  }

  private static Change lookedUp(boolean follow, boolean nullable) {
    return new Change.AddColumn(
        "orders",
        new Column("contact", "text", nullable, Optional.empty(), false),
        Optional.empty(),
        Optional.of(
            new Lookup("customers", new TreeMap<>(Map.of("customer_id", "id")), "email", follow)));
  }

  private static TableSketch orders(double commonest) {
    return TableSketch.table("orders")
        .column(
            new Observation.TableColumn(
                "customer_id",
                "bigint",
                false,
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                commonest))
        .index("customer_id", false, Optional.empty())
        .with(key(List.of("customer_id"), Optional.empty(), Optional.of("customers")));
  }

  private static TableSketch customers() {
    return TableSketch.customers()
        .with(key(List.of("id"), Optional.of("orders"), Optional.empty()));
  }

  private static TableConstraint key(
      List<String> columns, Optional<String> referrer, Optional<String> referenced) {
    return new TableConstraint(
        "orders_customer_id_fkey",
        TableConstraint.Kind.FOREIGN_KEY,
        columns,
        "FOREIGN KEY (customer_id) REFERENCES customers(id)",
        true,
        referrer.map(TableName::parse),
        referenced.map(TableName::parse));
  }

  @Test
  void aForeignKeyWantsAnIndex() {
    TableSketch orders = TableSketch.table("orders").column("customer_id", "bigint", true);
    Change key = Draft.reference("orders", "customer_id", "customers");
    assertThat(
            found(
                Hazards.FOREIGN_KEY_WITHOUT_INDEX, Draft.of(key), orders, TableSketch.customers()))
        .singleElement()
        .matches(m -> m.contains("orders (200,000 rows, 19.1 MiB, 12.5 writes/s)"));
    Change index =
        new Change.CreateIndex(
            "orders",
            "by_customer",
            List.of("customer_id"),
            false,
            Optional.empty(),
            Optional.empty());
    silent(
        Hazards.FOREIGN_KEY_WITHOUT_INDEX, Draft.of(key, index), orders, TableSketch.customers());
    silent(
        Hazards.FOREIGN_KEY_WITHOUT_INDEX,
        Draft.of(key),
        orders.index("customer_id", false, Optional.empty()),
        TableSketch.customers());
  }

  @Test
  void aForeignKeyIsServedByWhatHoldsEveryReference() {
    Change key = Draft.reference("public.orders", "customer_id", "customers");
    Change index =
        new Change.CreateIndex(
            "orders", "i", List.of("customer_id"), false, Optional.empty(), Optional.empty());
    silent(
        Hazards.FOREIGN_KEY_WITHOUT_INDEX,
        Draft.of(key, index),
        orders("(customer_id)", true),
        TableSketch.customers());
    silent(
        Hazards.FOREIGN_KEY_WITHOUT_INDEX,
        Draft.of(key),
        orders("(customer_id) WHERE (customer_id IS NOT NULL)", true),
        TableSketch.customers());
    for (String key2 : List.of("((customer_id + 1))", "(customer_id) WHERE (id > 5)")) {
      assertThat(
              found(
                  Hazards.FOREIGN_KEY_WITHOUT_INDEX,
                  Draft.of(key),
                  orders(key2, true),
                  TableSketch.customers()))
          .as(key2)
          .hasSize(1);
    }
    assertThat(
            found(
                Hazards.FOREIGN_KEY_WITHOUT_INDEX,
                Draft.of(key),
                orders("(customer_id)", false),
                TableSketch.customers()))
        .hasSize(1);
  }

  @Test
  void aForeignKeyOfANewTableIsServedByItsPrimaryKey() {
    Change create =
        new Change.CreateTable(
            "notes", List.of(new Column("id", "bigint", false, Optional.empty(), true)));
    silent(
        Hazards.FOREIGN_KEY_WITHOUT_INDEX,
        Draft.of(create, Draft.reference("notes", "id", "customers")),
        TableSketch.customers());
  }

  private static TableSketch orders(String key, boolean valid) {
    return TableSketch.table("orders")
        .column("customer_id", "bigint", true)
        .index(
            new Observation.Index(
                "by_customer",
                List.of("customer_id"),
                false,
                valid,
                "CREATE INDEX by_customer ON public.orders USING btree " + key,
                Optional.empty()));
  }

  @Test
  void typesThatPeopleRegret() {
    Draft draft =
        Draft.of(
            Draft.plain("visits", "int", Optional.empty()),
            Draft.plain("country", "char(2)", Optional.empty()),
            Draft.plain("seen", "timestamp", Optional.empty()));
    assertThat(found(Hazards.COLUMN_TYPE_32BIT, draft, TableSketch.customers())).hasSize(1);
    assertThat(found(Hazards.CHAR_TYPE, draft, TableSketch.customers())).hasSize(1);
    assertThat(found(Hazards.TIMESTAMP_WITHOUT_ZONE, draft, TableSketch.customers())).hasSize(1);
    Draft good =
        Draft.of(
            Draft.plain("visits", "bigint", Optional.empty()),
            Draft.plain("country", "varchar(2)", Optional.empty()),
            Draft.plain("seen", "timestamptz", Optional.empty()));
    silent(Hazards.COLUMN_TYPE_32BIT, good, TableSketch.customers());
    silent(Hazards.CHAR_TYPE, good, TableSketch.customers());
    silent(Hazards.TIMESTAMP_WITHOUT_ZONE, good, TableSketch.customers());
  }

  @Test
  void uniquenessMayMeetDuplicates() {
    Draft draft = Draft.of(Draft.index("by_mail", true, "email"));
    assertThat(found(Hazards.UNIQUE_ON_EXISTING, draft, TableSketch.customers())).hasSize(1);
    silent(Hazards.UNIQUE_ON_EXISTING, draft, TableSketch.customers().rows(0));
    silent(
        Hazards.UNIQUE_ON_EXISTING,
        Draft.of(Draft.index("by_mail", false, "email")),
        TableSketch.customers());
  }

  @Test
  void aVolatileUpIsNotCompared() {
    Draft draft = Draft.of(Draft.add("token", "text", true, "random() || email"));
    assertThat(found(Hazards.VOLATILE_UP, draft, TableSketch.customers()))
        .containsExactly(
            "spec.changes[0].addColumn.up may give another value each time: only presence is"
                + " verified");
    silent(Hazards.VOLATILE_UP, Draft.fullName(), TableSketch.customers());
  }

  @Test
  void withoutDownARevertFindsGaps() {
    assertThat(
            found(
                Hazards.DOWN_MISSING_FOR_REVERT,
                Draft.of(Draft.drop("email")),
                TableSketch.customers()))
        .hasSize(1);
    silent(Hazards.DOWN_MISSING_FOR_REVERT, Draft.fullName(), TableSketch.customers());
  }

  @Test
  void aTableWithoutAKeyIsWalkedByPlace() {
    assertThat(found(Hazards.NO_KEY, Draft.fullName(), TableSketch.customers().keyless()))
        .hasSize(1);
    silent(Hazards.NO_KEY, Draft.fullName(), TableSketch.customers());
  }

  @Test
  void newColumnsShowInSelectStar() {
    assertThat(found(Hazards.SELECT_STAR, Draft.fullName(), TableSketch.customers())).hasSize(1);
    silent(
        Hazards.SELECT_STAR,
        Draft.of(Draft.index("by_mail", false, "email")),
        TableSketch.customers());
  }

  @Test
  void aSecondColumnOfAnotherTypeShowsInSelectStar() {
    assertThat(
            found(
                Hazards.SELECT_STAR,
                Draft.of(Draft.type("age", "bigint")),
                TableSketch.customers()))
        .hasSize(1);
    silent(
        Hazards.SELECT_STAR, Draft.of(Draft.type("email", "varchar(80)")), TableSketch.customers());
  }

  @Test
  void anotherTypeBreaksPreparedStatements() {
    assertThat(
            found(
                Hazards.RESULT_TYPE_CHANGES,
                Draft.of(Draft.type("age", "bigint")),
                TableSketch.customers()))
        .singleElement()
        .matches(m -> m.contains("from integer into bigint"));
    silent(
        Hazards.RESULT_TYPE_CHANGES,
        Draft.of(Draft.nullable("email", false)),
        TableSketch.customers());
  }

  @Test
  void aNewTableGoesWithItsRows() {
    assertThat(
            found(
                Hazards.UNDO_LOSES_ROWS, Draft.of(Draft.create("notes")), TableSketch.customers()))
        .hasSize(1);
    silent(Hazards.UNDO_LOSES_ROWS, HARMLESS, TableSketch.customers());
  }

  @Test
  void triggersOfTheUserFireForTheBackfill() {
    TableSketch table = TableSketch.customers().trigger("audit");
    assertThat(found(Hazards.TRIGGERS_PRESENT, Draft.fullName(), table))
        .singleElement()
        .matches(m -> m.endsWith("fires audit"));
    silent(Hazards.TRIGGERS_PRESENT, HARMLESS, table);
  }

  @Test
  void aTableWithoutStatisticsIsNamed() {
    assertThat(found(Hazards.NEVER_ANALYSED, Draft.fullName(), TableSketch.customers().rows(-1)))
        .hasSize(1);
    silent(Hazards.NEVER_ANALYSED, Draft.fullName(), TableSketch.customers());
  }

  @Test
  void contractWantsToKnowThatOldClientsAreGone() {
    TableSketch table = TableSketch.customers();
    assertThat(found(Hazards.NO_OLD_CLIENT_PATTERN, Draft.fullName(), table)).hasSize(1);
    silent(Hazards.NO_OLD_CLIENT_PATTERN, HARMLESS, table);
    silent(
        Hazards.NO_OLD_CLIENT_PATTERN,
        Draft.fullName().with(policy(ContractPolicy.Approval.REQUIRED, Optional.empty())),
        table);
    silent(
        Hazards.NO_OLD_CLIENT_PATTERN,
        Draft.fullName().with(policy(ContractPolicy.Approval.NONE, Optional.of("old%"))),
        table);
    silent(
        Hazards.NO_OLD_CLIENT_PATTERN,
        Draft.fullName()
            .with(
                new ContractPolicy(
                    ContractPolicy.Approval.NONE,
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.of("shop"),
                    Optional.empty())),
        table);
    silent(
        Hazards.NO_OLD_CLIENT_PATTERN,
        Draft.fullName().with(Draft.rollout(Rollout.After.VERIFY, "web", "x:2")),
        table);
  }

  @Test
  void ownStatementsAreNotJudged() {
    assertThat(found(Hazards.SQL_NOT_JUDGED, sql("ANALYZE customers"), TableSketch.customers()))
        .hasSize(1);
    silent(Hazards.SQL_NOT_JUDGED, HARMLESS, TableSketch.customers());
  }

  @Test
  void statementsThatBlockAreToldByTheirWords() {
    for (String blocking :
        List.of(
            "create unique index i on t(a)",
            "cluster t",
            "ALTER TABLE t ALTER COLUMN a TYPE bigint",
            "alter table t alter a set data type bigint",
            "ALTER TABLE t ALTER a SET NOT NULL",
            "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)",
            "DROP INDEX i",
            "REINDEX TABLE t",
            "SELECT '--'; TRUNCATE t",
            "DO $$ BEGIN LOCK TABLE t; END $$",
            "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
            "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (id)",
            "ALTER TABLE t ADD COLUMN n bigserial",
            "ALTER TABLE t ADD n bigint GENERATED ALWAYS AS IDENTITY",
            "ALTER TABLE t SET UNLOGGED",
            "REFRESH MATERIALIZED VIEW v",
            "UPDATE t SET a = 1",
            "delete from t")) {
      assertThat(
              found(
                  Hazards.SQL_BLOCKS,
                  sql(blocking).allowing("SQL_BLOCKS"),
                  TableSketch.customers()))
          .as(blocking)
          .isNotEmpty();
    }
    for (String harmless :
        List.of(
            "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
            "ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i",
            "UPDATE t SET a = 1 WHERE id = 7",
            "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
            "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $f$ TRUNCATE t $f$",
            "-- CLUSTER t\nANALYZE t",
            "INSERT INTO t VALUES ('VACUUM FULL')",
            "CREATE TYPE mood AS ENUM ('well')")) {
      silent(Hazards.SQL_BLOCKS, sql(harmless), TableSketch.customers());
    }
  }

  @Test
  void aCastThatCutsNeedsAWord() {
    for (String type : List.of("varchar(10)", "char(10)")) {
      Draft draft = Draft.of(Draft.type("first_name", type)).allowing("CAST_LOSES");
      assertThat(found(Hazards.CAST_LOSES, draft, TableSketch.customers())).as(type).hasSize(1);
    }
    TableSketch money =
        TableSketch.table("customers")
            .column("amount", "numeric(12,2)", true)
            .column("at", "timestamp with time zone", true);
    Draft rounding = Draft.of(Draft.type("amount", "bigint"), Draft.type("at", "date"));
    assertThat(found(Hazards.CAST_LOSES, rounding.allowing("CAST_LOSES"), money)).hasSize(2);
    silent(
        Hazards.CAST_LOSES,
        Draft.of(Draft.type("age", "bigint"), Draft.type("email", "varchar(80)")),
        TableSketch.customers());
  }

  @Test
  void aCastThatCutsIsTakenByWhatTheOldTypeCanHold() {
    TableSketch table =
        TableSketch.table("customers")
            .column("n", "numeric(3,0)", true)
            .column("at", "timestamp(3) without time zone", true)
            .column("big", "bigint", true)
            .column("small", "integer", true)
            .column("word", "text", true);
    for (Change loses :
        List.of(
            Draft.type("n", "varchar(3)"),
            Draft.type("at", "varchar(10)"),
            Draft.type("at", "timestamp(0)"),
            Draft.type("big", "double precision"),
            Draft.type("small", "varchar(5)"),
            Draft.type("word", "char"))) {
      assertThat(found(Hazards.CAST_LOSES, Draft.of(loses).allowing("CAST_LOSES"), table))
          .as(loses.toString())
          .hasSize(1);
    }
    silent(
        Hazards.CAST_LOSES,
        Draft.of(Draft.type("small", "varchar(11)"), Draft.type("big", "numeric(20,0)")),
        table);
  }

  @Test
  void refusedNullsAreAnnounced() {
    TableSketch table = TableSketch.customers();
    assertThat(found(Hazards.NULLS_REFUSED, Draft.of(Draft.nullable("email", false)), table))
        .hasSize(1);
    assertThat(
            found(Hazards.NULLS_REFUSED, Draft.of(Draft.add("m", "text", false, "email")), table))
        .singleElement()
        .matches(m -> m.contains("uses email, which may be NULL"));
    silent(
        Hazards.NULLS_REFUSED,
        Draft.of(Draft.add("m", "text", false, "coalesce(email, '')")),
        table);
    silent(Hazards.NULLS_REFUSED, Draft.fullName(), table);
    Change trimmed =
        new Change.AlterColumn(
            "customers",
            "email",
            Optional.empty(),
            Optional.of(false),
            Optional.of("trim(email)"),
            Optional.empty());
    assertThat(found(Hazards.NULLS_REFUSED, Draft.of(trimmed), table)).hasSize(1);
    assertThat(
            found(
                Hazards.NULLS_REFUSED,
                Draft.of(
                    Draft.add("full_name", "text", true, "first_name"),
                    Draft.drop("first_name", "full_name")),
                table))
        .singleElement()
        .matches(m -> m.contains("dropColumn.down uses full_name"))
        .matches(m -> m.contains("writes of new clients"));
  }

  @Test
  void allowedNullsStandInTheWayBack() {
    TableSketch table = TableSketch.customers();
    assertThat(
            found(Hazards.NULLS_STOP_REVERT, Draft.of(Draft.nullable("first_name", true)), table))
        .hasSize(1);
    silent(Hazards.NULLS_STOP_REVERT, Draft.of(Draft.nullable("email", false)), table);
  }

  @Test
  void whatGoesWithAColumnIsListed() {
    TableSketch table = TableSketch.customers().index("email", false, Optional.empty());
    assertThat(found(Hazards.DROPPED_WITH_COLUMN, Draft.of(Draft.drop("email")), table))
        .containsExactly("customers_email_idx of customers go with column email");
    silent(Hazards.DROPPED_WITH_COLUMN, Draft.of(Draft.drop("age")), table);
  }

  @Test
  void unknownDependentsAreNamed() {
    TableSketch table = TableSketch.customers().usedBy("function totals()");
    assertThat(found(Hazards.DEPENDENT_UNKNOWN, Draft.of(Draft.drop("email")), table)).hasSize(1);
    silent(Hazards.DEPENDENT_UNKNOWN, HARMLESS, table);
  }

  @Test
  void earlyReadersOfANewNameFindNoIndex() {
    TableSketch table = TableSketch.customers().index("email", false, Optional.empty());
    Draft early =
        Draft.of(Draft.rename("email", "mail"))
            .with(Draft.rollout(Rollout.After.EXPAND, "web", "x:2"));
    assertThat(found(Hazards.INDEX_LATER, early, table)).hasSize(1);
    Draft late =
        Draft.of(Draft.rename("email", "mail"))
            .with(Draft.rollout(Rollout.After.VERIFY, "web", "x:2"));
    silent(Hazards.INDEX_LATER, late, table);
  }

  @Test
  void overwrittenValuesDoNotComeBack() {
    Step backfill = new Step.Backfill("customers", "email", "'x'", "email IS NULL");
    assertThat(found(Hazards.BACKFILL_NOT_UNDONE, Draft.steps(backfill), TableSketch.customers()))
        .hasSize(1);
    Step fresh = new Step.Backfill("customers", "tier", "'x'", "tier IS NULL");
    silent(
        Hazards.BACKFILL_NOT_UNDONE,
        Draft.steps(new Step.Apply(Draft.plain("tier", "text", Optional.empty())), fresh),
        TableSketch.customers());
  }

  @Test
  void anAllowanceKeepsItsReason() {
    Change big =
        new Change.CreateTable(
            "notes", List.of(new Column("id", "int", false, Optional.empty(), true)));
    List<Hazard> hazards =
        plan(Draft.of(big).allowing("COLUMN_TYPE_32BIT"), TableSketch.customers()).hazards();
    assertThat(hazards)
        .filteredOn(h -> h.code().equals("COLUMN_TYPE_32BIT"))
        .singleElement()
        .matches(h -> h.allowed().equals(Optional.of("it is meant")));
  }

  private static Draft sql(String up) {
    return Draft.of(new Change.Sql(up, "", Change.SqlPhase.EXPAND));
  }

  private static ContractPolicy policy(ContractPolicy.Approval approval, Optional<String> pattern) {
    return new ContractPolicy(approval, Duration.ZERO, pattern);
  }

  private static void silent(Hazards hazard, Draft draft, TableSketch... tables) {
    assertThat(found(hazard, draft, tables)).isEmpty();
  }

  private static List<String> found(Hazards hazard, Draft draft, TableSketch... tables) {
    return plan(draft, tables).hazards().stream()
        .filter(h -> h.code().equals(hazard.name()))
        .map(Hazard::message)
        .toList();
  }

  private static Plan plan(Draft draft, TableSketch... tables) {
    List<Observation.Table> built = new ArrayList<>();
    for (TableSketch table : tables) {
      built.add(table.build());
    }
    Planning planning =
        new PretendServer(built.toArray(new Observation.Table[0])).plan(draft.build());
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow();
  }
}
