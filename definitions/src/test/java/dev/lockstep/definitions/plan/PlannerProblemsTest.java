package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Observation.Server;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every problem that planning finds, with its path, and that it is silent otherwise. */
final class PlannerProblemsTest {
  private static final TableSketch CUSTOMERS = TableSketch.customers();

  @Test
  void aGoodDefinitionHasNone() {
    assertThat(problems(Draft.fullName())).isEmpty();
  }

  @Test
  void everyProblemIsToldAtOnce() {
    List<Problem> problems =
        problems(
            Draft.of(
                new Change.DropColumn("ghosts", "x", Optional.empty()),
                Draft.drop("nobody"),
                Draft.add("last_name", "text", true, "first_name"),
                Draft.add("a", "nonsense", true, "first_name"),
                Draft.add("b", "text", true, "nonsense")));
    assertThat(problems)
        .extracting(p -> p.path() + " " + p.code())
        .containsExactly(
            "spec.changes[0].dropColumn.table TABLE_UNKNOWN",
            "spec.changes[1].dropColumn.column COLUMN_UNKNOWN",
            "spec.changes[2].addColumn.column.name OBJECT_EXISTS",
            "spec.changes[3].addColumn.column.type TYPE_UNKNOWN",
            "spec.changes[4].addColumn.up EXPRESSION_WRONG");
    assertThat(problems.get(4).message()).contains("syntax error at or near \"nonsense\"");
  }

  @Test
  void theVersionMustBeKnown() {
    assertThat(on(new Server(120022, "lockstep", true, true, 0)))
        .singleElement()
        .matches(p -> p.code() == Code.VERSION_UNSUPPORTED && p.message().contains("12"));
    assertThat(on(new Server(190000, "lockstep", true, true, 0))).hasSize(1);
    assertThat(on(new Server(130000, "lockstep", true, true, 0))).isEmpty();
  }

  @Test
  void theLedgerNeedsItsSchema() {
    assertThat(on(new Server(180006, "lockstep", false, false, 0)))
        .singleElement()
        .matches(
            p ->
                p.code() == Code.PRIVILEGE_MISSING
                    && p.message().contains("CREATE SCHEMA lockstep AUTHORIZATION lockstep"));
    assertThat(on(new Server(180006, "lockstep", false, true, 0))).isEmpty();
  }

  @Test
  void theTableMustBeOwned() {
    assertThat(problems(Draft.fullName(), TableSketch.customers().foreign()))
        .singleElement()
        .matches(
            p ->
                p.code() == Code.PRIVILEGE_MISSING
                    && p.message().contains("GRANT shop_owner TO lockstep"));
  }

  @Test
  void theSchemaMustAllowNewObjects() {
    TableSketch locked = TableSketch.table("locked.things").column("a", "text", true);
    Change rename = new Change.RenameColumn("locked.things", "a", "b");
    assertThat(problems(Draft.of(rename), locked))
        .singleElement()
        .matches(p -> p.message().endsWith("GRANT CREATE ON SCHEMA locked TO lockstep"));
    Change drop = new Change.DropColumn("locked.things", "a", Optional.empty());
    assertThat(problems(Draft.of(drop), locked)).isEmpty();
  }

  @Test
  void aRequiredColumnNeedsAValue() {
    Change bare =
        new Change.AddColumn(
            "customers",
            new Column("tier", "text", false, Optional.empty(), false),
            Optional.empty());
    assertThat(codes(Draft.of(bare))).containsExactly(Code.UP_MISSING);
  }

  @Test
  void aRequiredColumnThatGoesNeedsDown() {
    assertThat(codes(Draft.of(Draft.drop("first_name")))).containsExactly(Code.DOWN_MISSING);
    assertThat(codes(Draft.of(Draft.drop("email")))).isEmpty();
  }

  @Test
  void keysGeneratedColumnsAndWhatOthersUseStay() {
    TableSketch used =
        TableSketch.customers()
            .referredBy("orders", "email")
            .usedBy("view adults", "age")
            .with("no_overlap", Kind.EXCLUSION, "EXCLUDE (last_name WITH =)", "last_name");
    List<String> messages =
        problems(
                Draft.of(
                    Draft.rename("id", "key"),
                    Draft.rename("email", "mail"),
                    Draft.type("age", "bigint"),
                    Draft.rename("last_name", "family")),
                used)
            .stream()
            .map(Problem::message)
            .toList();
    assertThat(messages)
        .anyMatch(m -> m.contains("column id") && m.contains("identity"))
        .anyMatch(m -> m.contains("column id") && m.contains("primary key"))
        .anyMatch(m -> m.contains("foreign key orders_fkey of table orders"))
        .anyMatch(m -> m.contains("used by view adults"))
        .anyMatch(m -> m.contains("exclusion constraint no_overlap"))
        .hasSize(5);
  }

  @Test
  void aTriggerCannotReadAGeneratedColumn() {
    TableColumn generated =
        new TableColumn(
            "shout",
            "text",
            true,
            Optional.of("upper(email)"),
            true,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false);
    TableSketch table = TableSketch.customers().column(generated);
    assertThat(codes(Draft.of(Draft.add("loud", "text", true, "shout")), table))
        .containsExactly(Code.CHANGE_UNSUPPORTED);
    assertThat(codes(Draft.of(Draft.add("key", "text", true, "id::text")), table)).isEmpty();
  }

  @Test
  void downUsesOnlyWhatStays() {
    assertThat(problems(Draft.of(Draft.rename("email", "mail"), Draft.drop("age", "email"))))
        .singleElement()
        .matches(p -> p.code() == Code.EXPRESSION_WRONG && p.path().endsWith("dropColumn.down"));
  }

  @Test
  void inheritanceAndSerialColumnsAreLeftAlone() {
    assertThat(codes(Draft.of(Draft.drop("email")), TableSketch.customers().partitioned()))
        .containsExactly(Code.CHANGE_UNSUPPORTED);
    assertThat(codes(Draft.of(Draft.add("n", "bigserial", true, "age"))))
        .containsExactly(Code.CHANGE_UNSUPPORTED);
  }

  @Test
  void changesMustNotContradictEachOther() {
    assertThat(codes(Draft.of(Draft.drop("email"), Draft.rename("email", "mail"))))
        .containsExactly(Code.CHANGES_CLASH);
    assertThat(codes(Draft.of(new Change.DropTable("customers"), Draft.drop("email"))))
        .containsExactly(Code.CHANGES_CLASH);
  }

  @Test
  void aStepCannotUseWhatALaterOneMakes() {
    assertThat(
            problems(
                Draft.steps(
                    new Step.Apply(Draft.index("by_tier", false, "tier")),
                    new Step.Apply(Draft.plain("tier", "text", Optional.empty())))))
        .singleElement()
        .matches(p -> p.code() == Code.CHANGES_CLASH && p.path().startsWith("spec.steps[0]"));
  }

  @Test
  void aBackfillMustNotTouchWhatIsSynchronised() {
    Step backfill = new Step.Backfill("customers", "full_name", "'x'", "full_name IS NULL");
    assertThat(
            codes(
                Draft.steps(
                    new Step.Apply(Draft.add("full_name", "text", true, "first_name")), backfill)))
        .containsExactly(Code.CHANGE_UNSUPPORTED);
    assertThat(
            codes(
                Draft.steps(
                    new Step.Apply(Draft.plain("full_name", "text", Optional.empty())), backfill)))
        .isEmpty();
  }

  @Test
  void indexesMustBeFreeAndThere() {
    TableSketch table = TableSketch.customers().index("email", false, Optional.empty());
    assertThat(codes(Draft.of(Draft.index("customers_email_idx", false, "email")), table))
        .containsExactly(Code.OBJECT_EXISTS);
    assertThat(codes(Draft.of(new Change.DropIndex("customers", "nothing")), table))
        .containsExactly(Code.OBJECT_UNKNOWN);
    assertThat(codes(Draft.of(new Change.DropIndex("customers", "customers_pkey")), table))
        .containsExactly(Code.CHANGE_UNSUPPORTED);
    assertThat(codes(Draft.of(Draft.index("by_x", false, "x")), table))
        .containsExactly(Code.COLUMN_UNKNOWN);
  }

  @Test
  void aNameThatAnotherTableHasIsTaken() {
    PretendServer server = new PretendServer(CUSTOMERS.build()).taken("by_mail");
    assertThat(server.plan(Draft.of(Draft.index("by_mail", false, "email")).build()).problems())
        .singleElement()
        .matches(p -> p.code() == Code.OBJECT_EXISTS);
  }

  @Test
  void aForeignKeyNeedsAUniqueTarget() {
    TableSketch orders = TableSketch.table("orders").column("customer_id", "bigint", true);
    assertThat(codes(Draft.of(Draft.reference("orders", "customer_id", "customers")), orders))
        .containsExactly(Code.TABLE_UNKNOWN);
    assertThat(
            codes(
                Draft.of(Draft.reference("orders", "customer_id", "customers")),
                orders,
                TableSketch.customers().keyless()))
        .isEmpty();
    assertThat(codes(Draft.of(Draft.reference("orders", "who", "customers")), orders, CUSTOMERS))
        .containsExactly(Code.COLUMN_UNKNOWN);
  }

  @Test
  void aTableThatOthersUseIsNotDropped() {
    assertThat(
            codes(
                Draft.of(new Change.DropTable("customers")),
                TableSketch.customers().referredBy("orders", "id").usedBy("view v", "id")))
        .containsExactly(Code.CHANGE_UNSUPPORTED, Code.CHANGE_UNSUPPORTED);
  }

  @Test
  void aTableNeedsASchemaThatExists() {
    assertThat(codes(Draft.of(Draft.create("nowhere.notes")))).containsExactly(Code.OBJECT_UNKNOWN);
  }

  @Test
  void aTableIsCreatedOnce() {
    assertThat(codes(Draft.of(Draft.create("customers")))).containsExactly(Code.OBJECT_EXISTS);
  }

  @Test
  void workloadsAndContainersMustExist() {
    assertThat(codes(Draft.fullName().with(Draft.rollout(Rollout.After.EXPAND, "ghost", "x:1"))))
        .containsExactly(Code.WORKLOAD_UNKNOWN);
    Rollout odd =
        new Rollout(
            Optional.of(Rollout.After.EXPAND),
            Draft.rollout(Rollout.After.EXPAND, "web", "x").workload(),
            new TreeMap<>(Map.of("sidecar", "x:1")),
            Optional.empty());
    assertThat(problems(Draft.fullName().with(odd)))
        .singleElement()
        .matches(p -> p.path().equals("spec.rollouts[0].containers.sidecar"));
  }

  @Test
  void aHazardOfLevelStopNeedsAReason() {
    Change cluster = new Change.Sql("CLUSTER customers", "", Change.SqlPhase.EXPAND);
    assertThat(codes(Draft.of(cluster))).containsExactly(Code.HAZARD_NOT_ALLOWED);
    assertThat(codes(Draft.of(cluster).allowing("SQL_BLOCKS"))).isEmpty();
  }

  @Test
  void onlyKnownHazardsCanBeAllowed() {
    assertThat(problems(Draft.fullName().allowing("BAD_LUCK")))
        .singleElement()
        .matches(p -> p.code() == Code.VALUE_WRONG && p.path().equals("spec.allow[0].code"));
  }

  private static List<Problem> on(Server server) {
    return new PretendServer(CUSTOMERS.build())
        .like(server)
        .plan(Draft.fullName().build())
        .problems();
  }

  private static List<Code> codes(Draft draft, TableSketch... tables) {
    return problems(draft, tables).stream().map(Problem::code).toList();
  }

  private static List<Problem> problems(Draft draft, TableSketch... tables) {
    TableSketch[] known = tables.length == 0 ? new TableSketch[] {CUSTOMERS} : tables;
    Observation.Table[] built =
        List.of(known).stream().map(TableSketch::build).toArray(Observation.Table[]::new);
    Planning planning = new PretendServer(built).plan(draft.build());
    assertThat(planning.plan().isPresent()).isEqualTo(planning.problems().isEmpty());
    return planning.problems();
  }
}
