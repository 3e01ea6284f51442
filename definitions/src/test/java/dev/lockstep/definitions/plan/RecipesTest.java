package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each recipe adds, where, and how it is undone. */
final class RecipesTest {
  /** New clients from expand on, so that columns follow before they are filled. */
  private static final Rollout ROLLED_OUT =
      Draft.rollout(Rollout.After.EXPAND, "web", "shop-web:2");

  private static final TableSketch CUSTOMERS = TableSketch.customers();

  @Test
  void aNullableColumnIsOneStatement() {
    Plan plan = plan(Draft.of(Draft.plain("tier", "text", Optional.empty())));
    assertThat(ids(plan)).containsExactly("prepare/claim", "expand/customers-columns");
    assertThat(sql(plan, "expand/customers-columns"))
        .containsExactly("ALTER TABLE customers ADD COLUMN tier text");
    assertThat(undo(plan, "expand/customers-columns"))
        .containsExactly("ALTER TABLE customers DROP COLUMN tier");
  }

  @Test
  void aConstantDefaultIsAddedAtOnceWithNotNull() {
    Plan plan = plan(Draft.of(Draft.plain("tier", "text", Optional.of("'basic'"))));
    assertThat(sql(plan, "expand/customers-columns"))
        .containsExactly("ALTER TABLE customers ADD COLUMN tier text DEFAULT 'basic' NOT NULL");
    assertThat(plan.steps()).hasSize(2);
  }

  @Test
  void aVolatileDefaultIsSetForNewRowsAndFilledIntoOldOnes() {
    Plan plan = plan(Draft.of(Draft.plain("token", "text", Optional.of("random_token()"))));
    assertThat(sql(plan, "expand/customers-columns"))
        .containsExactly(
            "ALTER TABLE customers ADD COLUMN token text",
            "ALTER TABLE customers ALTER COLUMN token SET DEFAULT random_token()");
    Action.Backfill backfill = (Action.Backfill) step(plan, "migrate/customers-backfill").action();
    assertThat(backfill.where()).isEqualTo("token IS NULL");
    assertThat(backfill.set().get(0).expression()).isEqualTo("coalesce(token, random_token())");
    assertThat(sql(plan, "finish/customers-settle"))
        .containsExactly(
            "ALTER TABLE customers ALTER COLUMN token SET NOT NULL",
            "ALTER TABLE customers DROP CONSTRAINT IF EXISTS lockstep_nn_token");
    assertThat(plan.steps()).noneMatch(PlannedStep::pointOfNoReturn);
  }

  @Test
  void theDefaultOfAComputedColumnComesAtContract() {
    Change add =
        new Change.AddColumn(
            "customers",
            new Column("full_name", "text", true, Optional.of("'?'"), false),
            Optional.of("first_name"));
    Plan plan = plan(Draft.of(add));
    assertThat(sql(plan, "expand/customers-columns").get(0)).endsWith("full_name text");
    assertThat(sql(plan, "contract/customers-hide"))
        .containsExactly("ALTER TABLE customers ALTER COLUMN full_name SET DEFAULT '?'");
    assertThat(undo(plan, "contract/customers-hide"))
        .containsExactly("ALTER TABLE customers ALTER COLUMN full_name DROP DEFAULT");
  }

  @Test
  void noConstraintOverANewColumnIsAddedBeforeItsRowsAreCompared() {
    Draft draft =
        Draft.of(
            Draft.add("full_name", "text", false, "first_name"),
            Draft.check("full_name_given", "full_name <> ''"));
    List<String> ids = ids(plan(draft));
    assertThat(ids.indexOf("verify/customers-rows"))
        .isLessThan(ids.indexOf("verify/customers-constraint-lockstep_nn_full_name"))
        .isLessThan(ids.indexOf("verify/customers-constraint-full_name_given"));
  }

  @Test
  void aColumnWithoutDownIsOnlyHiddenAndDropped() {
    Plan plan = plan(Draft.of(Draft.drop("email")));
    assertThat(ids(plan))
        .containsExactly("prepare/claim", "contract/customers-hide", "finish/customers-drop");
    assertThat(sql(plan, "contract/customers-hide"))
        .containsExactly("ALTER TABLE customers RENAME COLUMN email TO lockstep_old_email");
    assertThat(undo(plan, "contract/customers-hide"))
        .containsExactly("ALTER TABLE customers RENAME COLUMN lockstep_old_email TO email");
    assertThat(step(plan, "finish/customers-drop").pointOfNoReturn()).isTrue();
  }

  @Test
  void theTriggerGoesAtContractWhereAnInputIsHiddenAndNothingFollows() {
    Plan plan = plan(Draft.of(Draft.add("mail", "text", true, "email"), Draft.drop("email")));
    assertThat(sql(plan, "contract/customers-hide"))
        .contains("DROP TRIGGER IF EXISTS zz_lockstep_rework__customers ON customers");
    assertThat(undo(plan, "contract/customers-hide"))
        .contains("SYNCHRONISE customers fresh [mail = email over email:email] stale []");
  }

  @Test
  void droppingAForeignKeyColumnLocksTheOtherTable() {
    TableSketch orders =
        TableSketch.table("orders")
            .column("customer_id", "bigint", true)
            .with(
                new TableConstraint(
                    "orders_customer",
                    Kind.FOREIGN_KEY,
                    List.of("customer_id"),
                    "FOREIGN KEY (customer_id) REFERENCES customers(id)",
                    true,
                    Optional.empty(),
                    Optional.of(TableName.parse("customers"))));
    Change drop = new Change.DropColumn("orders", "customer_id", Optional.empty());
    Plan plan = plan(Draft.of(drop), orders);
    assertThat(locks(plan, "finish/orders-drop"))
        .containsExactly(
            new TableLock(TableName.parse("customers"), LockMode.ACCESS_EXCLUSIVE),
            new TableLock(TableName.parse("orders"), LockMode.ACCESS_EXCLUSIVE));
  }

  @Test
  void anIndexOverTwoRenamedColumnsIsCopiedOnce() {
    TableSketch table =
        TableSketch.customers()
            .index(
                new Observation.Index(
                    "names",
                    List.of("first_name", "last_name"),
                    false,
                    true,
                    "CREATE INDEX names ON customers (first_name, last_name)",
                    Optional.empty()));
    Plan plan =
        plan(
            Draft.of(Draft.rename("first_name", "given"), Draft.rename("last_name", "family")),
            table);
    assertThat(plan.steps())
        .filteredOn(s -> s.action() instanceof Action.BuildIndex)
        .singleElement()
        .extracting(s -> ((Action.BuildIndex) s.action()).sql())
        .isEqualTo("CREATE INDEX CONCURRENTLY lockstep_new_names ON customers (given, family)");
  }

  @Test
  void anIndexThatAlsoUsesADroppedColumnIsNotCopied() {
    TableSketch table =
        TableSketch.customers()
            .index(
                new Observation.Index(
                    "mixed",
                    List.of("first_name", "email"),
                    false,
                    true,
                    "CREATE INDEX mixed ON customers (first_name, email)",
                    Optional.empty()));
    Plan plan = plan(Draft.of(Draft.rename("first_name", "given"), Draft.drop("email")), table);
    assertThat(plan.steps()).noneMatch(s -> s.action() instanceof Action.BuildIndex);
  }

  @Test
  void aWiderTypeIsOneStatementAtFinish() {
    Plan plan = plan(Draft.of(Draft.type("email", "varchar(80)")));
    assertThat(ids(plan)).containsExactly("prepare/claim", "finish/customers-drop");
    assertThat(sql(plan, "finish/customers-drop"))
        .containsExactly("ALTER TABLE customers ALTER COLUMN email TYPE varchar(80)");
    assertThat(step(plan, "finish/customers-drop").pointOfNoReturn()).isTrue();
  }

  @Test
  void allowingNullHappensAtContract() {
    Plan plan = plan(Draft.of(Draft.nullable("first_name", true)));
    assertThat(sql(plan, "contract/customers-hide"))
        .containsExactly("ALTER TABLE customers ALTER COLUMN first_name DROP NOT NULL");
    assertThat(undo(plan, "contract/customers-hide"))
        .containsExactly("ALTER TABLE customers ALTER COLUMN first_name SET NOT NULL");
  }

  @Test
  void forbiddingNullGoesThroughACheck() {
    Plan plan = plan(Draft.of(Draft.nullable("email", false)));
    assertThat(ids(plan))
        .containsExactly(
            "prepare/claim",
            "expand/customers-constraint-lockstep_nn_email",
            "verify/customers-validate-lockstep_nn_email",
            "finish/customers-settle");
    assertThat(undo(plan, "finish/customers-settle"))
        .contains("ALTER TABLE customers ALTER COLUMN email DROP NOT NULL");
    assertThat(plan.steps()).noneMatch(PlannedStep::pointOfNoReturn);
  }

  @Test
  void aTypeWithoutExpressionsIsCastBothWays() {
    Plan plan = plan(Draft.of(Draft.type("age", "bigint")).with(ROLLED_OUT));
    assertThat(sql(plan, "expand/customers-columns").get(1))
        .isEqualTo(
            "SYNCHRONISE customers fresh [lockstep_new_age = CAST(age AS bigint) over age:age]"
                + " stale [age = CAST(age AS integer) over age:lockstep_new_age]");
  }

  @Test
  void anIndexOverOldColumnsIsBuiltInExpandAndOneOverNewColumnsAfterTheBackfill() {
    Plan plan =
        plan(
            Draft.of(
                Draft.add("full_name", "text", true, "first_name"),
                Draft.index("by_mail", true, "email"),
                Draft.index("by_name", false, "(lower(full_name))")));
    assertThat(step(plan, "expand/customers-index-by_mail").undo().action())
        .contains(
            new Action.RemoveIndex(
                TableName.parse("customers"),
                "by_mail",
                "DROP INDEX CONCURRENTLY IF EXISTS by_mail"));
    List<String> ids = ids(plan);
    assertThat(ids)
        .containsSubsequence(
            "migrate/customers-backfill",
            "migrate/customers-show",
            "migrate/customers-index-by_name");
  }

  @Test
  void anIndexOverAnAlteredColumnIsBuiltOverItsSuccessor() {
    Plan plan = plan(Draft.of(Draft.type("age", "bigint"), Draft.index("by_age", false, "age")));
    assertThat(((Action.BuildIndex) step(plan, "migrate/customers-index-by_age").action()).sql())
        .isEqualTo("CREATE INDEX CONCURRENTLY by_age ON customers (lockstep_new_age)");
  }

  @Test
  void aDroppedIndexGoesAtFinish() {
    TableSketch table = TableSketch.customers().index("email", false, Optional.empty());
    Plan plan = plan(Draft.of(new Change.DropIndex("customers", "customers_email_idx")), table);
    PlannedStep drop = step(plan, "finish/customers-drop-index-customers_email_idx");
    assertThat(drop.pointOfNoReturn()).isTrue();
    assertThat(drop.skippable()).isTrue();
  }

  @Test
  void aTableIsCreatedBeforeWhatRefersToIt() {
    Plan plan =
        plan(
            Draft.of(
                Draft.create("notes"),
                Draft.plain("note_id", "bigint", Optional.empty()),
                Draft.reference("customers", "note_id", "notes")));
    assertThat(ids(plan))
        .containsSubsequence(
            "expand/notes-create",
            "expand/customers-columns",
            "verify/customers-constraint-customers_note_id_fk");
    assertThat(undo(plan, "expand/notes-create")).containsExactly("DROP TABLE notes");
  }

  @Test
  void aForeignKeyLocksBothTablesInTheOrderOfTheirNames() {
    TableSketch orders = TableSketch.table("orders").column("customer_id", "bigint", true);
    Plan plan =
        plan(Draft.of(Draft.reference("orders", "customer_id", "customers")), orders, CUSTOMERS);
    assertThat(locks(plan, "expand/orders-constraint-orders_customer_id_fk"))
        .containsExactly(
            new TableLock(TableName.parse("customers"), LockMode.SHARE_ROW_EXCLUSIVE),
            new TableLock(TableName.parse("orders"), LockMode.SHARE_ROW_EXCLUSIVE));
    assertThat(plan.tables()).extracting(TableName::name).containsExactly("customers", "orders");
  }

  @Test
  void tablesThatReferToEachOtherCanBeDroppedTogether() {
    TableSketch orders = TableSketch.table("orders").column("customer_id", "bigint", true);
    TableSketch customers = TableSketch.customers().referredBy("orders", "id");
    Plan plan =
        plan(
            Draft.of(new Change.DropTable("customers"), new Change.DropTable("orders")),
            orders,
            customers);
    assertThat(sql(plan, "contract/customers-hide"))
        .containsExactly("ALTER TABLE customers RENAME TO lockstep_old_customers");
    assertThat(sql(plan, "finish/customers-drop"))
        .containsExactly(
            "ALTER TABLE lockstep_old_orders DROP CONSTRAINT IF EXISTS orders_fkey",
            "DROP TABLE lockstep_old_customers");
    assertThat(plan.steps()).filteredOn(PlannedStep::pointOfNoReturn).hasSize(1);
  }

  @Test
  void ownStatementsRunLastInTheirPhase() {
    Plan plan =
        plan(
            Draft.of(
                new Change.Sql("GRANT SELECT", "REVOKE SELECT", Change.SqlPhase.EXPAND),
                new Change.Sql("ANALYZE customers", "", Change.SqlPhase.CONTRACT),
                Draft.plain("tier", "text", Optional.empty()),
                Draft.drop("email")));
    assertThat(ids(plan))
        .containsSubsequence(
            "expand/customers-columns",
            "expand/sql-1",
            "contract/customers-hide",
            "contract/sql-2");
    assertThat(undo(plan, "expand/sql-1")).containsExactly("REVOKE SELECT");
  }

  @Test
  void aRolloutIsUndoneToTheImagesOfBeforeThatStep() {
    Plan plan =
        plan(Draft.fullName().with(Draft.rollout(Rollout.After.EXPAND, "web", "shop-web:2")));
    Action undo = step(plan, "expand/rollout-web").undo().action().orElseThrow();
    assertThat(((Action.RollBack) undo).rollOutStep()).isEqualTo("expand/rollout-web");
  }

  @Test
  void twoGroupsAreRepairedEachForItself() {
    Plan plan =
        plan(
            Draft.of(Draft.rename("first_name", "given"), Draft.rename("last_name", "family"))
                .with(ROLLED_OUT));
    Action.Verify verify = (Action.Verify) step(plan, "verify/customers-rows").action();
    assertThat(verify.repair().get(0).expression())
        .startsWith("CASE WHEN")
        .endsWith("ELSE given END");
  }

  @Test
  void theLastComparisonOfATableIsOfEverythingThatStepsBeforeItAdded() {
    Plan plan =
        plan(
            Draft.steps(
                new Step.Apply(Draft.plain("token", "text", Optional.of("random_token()"))),
                new Step.Apply(Draft.add("full_name", "text", true, "first_name")),
                new Step.Apply(Draft.drop("first_name", "full_name")),
                new Step.Apply(Draft.rename("email", "mail"))));
    List<Action.Verify> comparisons =
        plan.steps().stream()
            .filter(step -> step.id().contains("-rows"))
            .map(PlannedStep::action)
            .filter(Action.Verify.class::isInstance)
            .map(Action.Verify.class::cast)
            .toList();

    assertThat(comparisons)
        .extracting(Action.Verify::mismatch)
        .hasSize(4)
        .startsWith("token IS NULL")
        .allMatch(mismatch -> mismatch.endsWith("token IS NULL"));
    assertThat(comparisons.get(3).mismatch())
        .contains("first_name IS NOT DISTINCT FROM", "email IS NOT DISTINCT FROM");
  }

  @Test
  void aVolatileDownMakesTheComparisonOneOfPresence() {
    Plan plan =
        plan(
            Draft.of(
                    Draft.add("mail", "text", true, "email"),
                    Draft.drop("email", "mail || random()"))
                .with(ROLLED_OUT));
    Action.Verify verify = (Action.Verify) step(plan, "verify/customers-rows").action();
    assertThat(verify.mismatch()).isEqualTo("(mail IS NULL AND (email) IS NOT NULL)");
    assertThat(verify.meaning()).endsWith("(presence only)");
  }

  @Test
  void typesWithoutEqualityAreComparedAsText() {
    Plan plan =
        plan(
            Draft.of(Draft.rename("body", "document")).with(ROLLED_OUT),
            TableSketch.table("customers").column("body", "json", true));
    Action.Verify verify = (Action.Verify) step(plan, "verify/customers-rows").action();
    assertThat(verify.mismatch()).contains("CAST(document AS text) IS NOT DISTINCT FROM");
  }

  @Test
  void aStepOfTheAuthorKeepsItsPlace() {
    Plan plan =
        plan(
            Draft.steps(
                new Step.Approve("first"),
                new Step.Apply(Draft.plain("tier", "text", Optional.empty())),
                new Step.Verify("none", "select 1", "1")));
    assertThat(ids(plan))
        .containsExactly(
            "prepare/claim", "expand/approve-first", "expand/customers-columns", "expand/ask-none");
  }

  private static Plan plan(Draft draft, TableSketch... tables) {
    TableSketch[] known = tables.length == 0 ? new TableSketch[] {CUSTOMERS} : tables;
    Observation.Table[] built =
        List.of(known).stream().map(TableSketch::build).toArray(Observation.Table[]::new);
    Planning planning = new PretendServer(built).plan(draft.build());
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow();
  }

  private static List<String> ids(Plan plan) {
    return plan.steps().stream().map(PlannedStep::id).toList();
  }

  private static PlannedStep step(Plan plan, String id) {
    assertThat(ids(plan)).contains(id);
    return plan.steps().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<String> sql(Plan plan, String id) {
    return ((Action.Statements) step(plan, id).action()).sql();
  }

  private static List<String> undo(Plan plan, String id) {
    return ((Action.Statements) step(plan, id).undo().action().orElseThrow()).sql();
  }

  private static List<TableLock> locks(Plan plan, String id) {
    return ((Action.Statements) step(plan, id).action()).locks();
  }
}
