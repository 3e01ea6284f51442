package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Observation.Index;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What stands against a value of another table, and what is planned where nothing does. */
final class LookupTest {
  private static final String LOOKUP = "spec.changes[0].addColumn.lookup";

  @Test
  void aRowWithAForeignKeyAndAnIndexFollows() {
    assertThat(problems(Draft.of(surname(true)))).isEmpty();
    assertThat(problems(Draft.of(surname(false)))).isEmpty();
  }

  @Test
  void bothTablesAreClaimed() {
    Plan plan = plan(Draft.of(surname(true)));
    assertThat(plan.tables())
        .extracting(TableName::toString)
        .containsExactly("customers", "orders");
  }

  @Test
  void noTransactionLocksBothTables() {
    Plan plan = plan(Draft.of(surname(true)));
    assertThat(plan.steps())
        .extracting(PlannedStep::id)
        .containsSubsequence(
            "expand/orders-follow-customers",
            "expand/orders-columns",
            "finish/orders-settle",
            "finish/orders-unfollow-customers");
    assertThat(locks(plan, "expand/orders-follow-customers"))
        .containsExactly(
            "SHARE ROW EXCLUSIVE on customers (blocks writes and other schema changes)");
    assertThat(locks(plan, "expand/orders-columns"))
        .containsExactly("ACCESS EXCLUSIVE on orders (blocks reads and writes)");
    assertThat(statements(plan, "expand/orders-columns").sql())
        .last()
        .isEqualTo("START zz_lockstep_rework__orders__surname");
    assertThat(locks(plan, "finish/orders-unfollow-customers"))
        .containsExactly("ACCESS EXCLUSIVE on customers (blocks reads and writes)");
    assertThat(statements(plan, "finish/orders-unfollow-customers").sql())
        .containsExactly("DROP TRIGGER IF EXISTS zz_lockstep_rework__orders__surname ON customers");
  }

  @Test
  void whatIsNotFollowedLeavesTheOtherTableAlone() {
    Plan plan = plan(Draft.of(surname(false)));
    assertThat(statements(plan, "expand/orders-columns").locks()).hasSize(1);
    assertThat(plan.steps()).extracting(PlannedStep::id).noneMatch(id -> id.contains("customers"));
  }

  @Test
  void everyValueIsComparedWhereItIsFollowedAndElsePresence() {
    assertThat(mismatch(surname(true)))
        .isEqualTo(
            "NOT (surname IS NOT DISTINCT FROM CAST((LOOK UP last_name IN customers MATCHING"
                + " {customer_id=id}) AS text))");
    assertThat(mismatch(surname(false)))
        .isEqualTo(
            "(surname IS NULL AND (LOOK UP last_name IN customers MATCHING {customer_id=id}) IS NOT"
                + " NULL)");
  }

  @Test
  void aRowWithoutValueIsWrongWhereThereMustBeOne() {
    Change.AddColumn change =
        new Change.AddColumn(
            "orders",
            new Column("surname", "text", false, Optional.empty(), false),
            Optional.empty(),
            Optional.of(new Lookup("customers", match("customer_id", "id"), "last_name", true)));
    assertThat(mismatch(change)).endsWith(" OR surname IS NULL");
    assertThat(verify(plan(Draft.of(change))).meaning())
        .isEqualTo("surname = last_name of customers, never NULL");
  }

  @Test
  void followingGoesOnWhileOldNamesAreHidden() {
    Change drop = new Change.DropColumn("orders", "note", Optional.of("'none'"));
    Plan plan = plan(Draft.of(surname(true), drop));
    assertThat(statements(plan, "contract/orders-hide").sql())
        .contains(
            "RESYNCHRONISE orders fresh [surname = LOOK UP last_name IN customers MATCHING"
                + " {customer_id=id} over customer_id:customer_id] stale []");
    Plan left = plan(Draft.of(surname(false), drop));
    assertThat(statements(left, "contract/orders-hide").sql())
        .noneMatch(sql -> sql.contains("surname"));
  }

  @Test
  void theOtherTableMustBeThere() {
    assertThat(problems(Draft.of(looking("ghosts", match("customer_id", "id"), "x", true))))
        .singleElement()
        .matches(p -> p.code() == Code.TABLE_UNKNOWN && p.path().equals(LOOKUP + ".from"));
  }

  @Test
  void theOtherTableMayNotBeMadeOrDroppedByTheSameMigration() {
    Change look = looking("notes", match("customer_id", "id"), "note", false);
    assertThat(problems(Draft.of(Draft.create("notes"), look)))
        .singleElement()
        .matches(p -> p.code() == Code.TABLE_UNKNOWN);
    assertThat(problems(Draft.of(surname(false), new Change.DropTable("customers"))))
        .extracting(Problem::code)
        .contains(Code.CHANGES_CLASH);
  }

  @Test
  void columnsMustBeThere() {
    assertThat(
            problems(Draft.of(looking("customers", match("customer", "key"), "last_name", true))))
        .extracting(p -> p.path() + " " + p.code())
        .containsExactly(
            LOOKUP + ".match.customer COLUMN_UNKNOWN", LOOKUP + ".match.customer COLUMN_UNKNOWN");
    assertThat(
            problems(Draft.of(looking("customers", match("customer_id", "id"), "nonsense", true))))
        .singleElement()
        .matches(p -> p.code() == Code.EXPRESSION_WRONG && p.path().equals(LOOKUP + ".value"));
  }

  @Test
  void moreThanOneRowMayNotBeFound() {
    assertThat(problems(Draft.of(looking("customers", match("note", "last_name"), "email", false))))
        .singleElement()
        .matches(p -> p.path().equals(LOOKUP + ".match"))
        .matches(p -> p.message().contains("more than one row could be found"));
    TableSketch lax =
        customers()
            .index("last_name", true, Optional.of("customers_last_name_key"))
            .with(
                "customers_last_name_key",
                Kind.UNIQUE,
                "UNIQUE (last_name) DEFERRABLE",
                "last_name");
    Change byName = looking("customers", match("note", "last_name"), "email", false);
    assertThat(problems(Draft.of(byName), orders(), lax)).hasSize(1);
    TableSketch strict = customers().index("last_name", true, Optional.empty());
    assertThat(problems(Draft.of(byName), orders(), strict)).isEmpty();
  }

  @Test
  void matchedColumnsAreOfOneType() {
    TableSketch byName = customers().index("last_name", true, Optional.empty());
    Change look = looking("customers", match("customer_id", "last_name"), "email", false);
    assertThat(problems(Draft.of(look), orders(), byName))
        .singleElement()
        .matches(p -> p.message().contains("customer_id is bigint and column last_name is text"));
    Change integer = looking("customers", match("small", "id"), "email", false);
    assertThat(problems(Draft.of(integer), orders().column("small", "integer", true), customers()))
        .isEmpty();
  }

  @Test
  void whatIsLookedUpStaysAsItIs() {
    assertThat(problems(Draft.of(surname(false), Draft.rename("last_name", "family_name"))))
        .singleElement()
        .matches(p -> p.code() == Code.CHANGES_CLASH && p.path().equals(LOOKUP + ".value"));
    Change drop = new Change.DropColumn("orders", "customer_id", Optional.of("1"));
    assertThat(problems(Draft.of(surname(false), drop)))
        .isNotEmpty()
        .allMatch(p -> p.code() == Code.CHANGES_CLASH && p.path().startsWith(LOOKUP + ".match"));
  }

  @Test
  void noOldColumnFollowsWhatIsLookedUp() {
    Change drop = new Change.DropColumn("orders", "note", Optional.of("surname"));
    assertThat(problems(Draft.of(surname(false), drop)))
        .singleElement()
        .matches(p -> p.message().contains("used by spec.changes[1].dropColumn.down"));
  }

  @Test
  void bothTablesBelongToOneRole() {
    assertThat(problems(Draft.of(surname(false)), orders(), customers().foreign()))
        .extracting(Problem::code)
        .containsExactly(Code.PRIVILEGE_MISSING);
    assertThat(problems(Draft.of(surname(false)), orders(), customers().partitioned()))
        .singleElement()
        .matches(p -> p.message().contains("partitioned"));
  }

  @Test
  void followingNeedsAForeignKeyThatIsProvenAndCheckedAtOnce() {
    TableSketch without = bare().index("customer_id", false, Optional.empty());
    assertThat(problems(Draft.of(surname(true)), without, customers()))
        .singleElement()
        .matches(p -> p.path().equals(LOOKUP + ".follow"))
        .matches(p -> p.message().contains("no validated foreign key"));
    assertThat(problems(Draft.of(surname(false)), without, customers())).isEmpty();
    for (TableConstraint weak :
        List.of(key(false, ""), key(true, " DEFERRABLE INITIALLY DEFERRED"))) {
      TableSketch weakly = bare().with(weak).index("customer_id", false, Optional.empty());
      assertThat(problems(Draft.of(surname(true)), weakly, customers())).hasSize(1);
    }
  }

  @Test
  void followingNeedsAnIndexThatFindsTheRowsThatFollow() {
    assertThat(problems(Draft.of(surname(true)), bare().with(key(true, "")), customers()))
        .singleElement()
        .matches(p -> p.message().contains("no index of orders begins with customer_id"));
    Index lossy =
        new Index(
            "lossy",
            List.of("customer_id"),
            false,
            true,
            "CREATE INDEX lossy ON orders USING brin (customer_id)",
            Optional.empty());
    assertThat(
            problems(Draft.of(surname(true)), bare().with(key(true, "")).index(lossy), customers()))
        .hasSize(1);
  }

  @Test
  void followingNeedsAValueThatCanBeCompared() {
    assertThat(
            problems(Draft.of(looking("customers", match("customer_id", "id"), "random()", true))))
        .singleElement()
        .matches(p -> p.message().contains("IMMUTABLE"));
    TableSketch loose =
        customers()
            .column(
                new TableColumn(
                    "alias",
                    "text",
                    true,
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    List.of(),
                    Optional.of("loose"),
                    false))
            .column("doc", "json", true);
    Change alias = looking("customers", match("customer_id", "id"), "alias || doc", true);
    assertThat(problems(Draft.of(alias), orders(), loose))
        .extracting(Problem::message)
        .anyMatch(m -> m.startsWith("column alias of customers cannot be compared exactly"))
        .anyMatch(m -> m.startsWith("column doc of customers cannot be compared exactly"));
  }

  @Test
  void aBackfillMayLookOnce() {
    Step fill = filling("customers", "last_name");
    Plan plan = plan(Draft.steps(fill));
    assertThat(plan.tables()).hasSize(2);
    assertThat(
            plan.steps().stream()
                .map(PlannedStep::action)
                .filter(Action.Backfill.class::isInstance)
                .flatMap(a -> ((Action.Backfill) a).set().stream())
                .map(Action.Assignment::expression))
        .containsExactly("LOOK UP last_name IN customers MATCHING {customer_id=id}");
    assertThat(problems(Draft.steps(filling("ghosts", "x"))))
        .singleElement()
        .matches(p -> p.path().equals("spec.steps[0].backfill.lookup.from"));
  }

  @Test
  void aBackfillLeavesAloneWhatIsLookedUp() {
    Step surname = new Step.Apply(surname(true));
    Step fill = new Step.Backfill("orders", "customer_id", "1", "customer_id is null");
    assertThat(problems(Draft.steps(surname, fill)))
        .singleElement()
        .matches(p -> p.message().contains("takes part in the synchronisation"));
  }

  private static Change.AddColumn surname(boolean follow) {
    return looking("customers", match("customer_id", "id"), "last_name", follow);
  }

  private static Change.AddColumn looking(
      String from, SortedMap<String, String> match, String value, boolean follow) {
    return new Change.AddColumn(
        "orders",
        new Column("surname", "text", true, Optional.empty(), false),
        Optional.empty(),
        Optional.of(new Lookup(from, match, value, follow)));
  }

  private static Step filling(String from, String value) {
    return new Step.Backfill(
        "orders",
        "note",
        Optional.empty(),
        Optional.of(new Lookup(from, match("customer_id", "id"), value, false)),
        "note is null");
  }

  private static SortedMap<String, String> match(String own, String other) {
    return new TreeMap<>(Map.of(own, other));
  }

  static TableSketch customers() {
    return TableSketch.customers().with(incoming());
  }

  static TableSketch orders() {
    return bare().with(key(true, "")).index("customer_id", false, Optional.empty());
  }

  private static TableSketch bare() {
    return TableSketch.table("orders")
        .column("customer_id", "bigint", false)
        .column("note", "text", true);
  }

  private static TableConstraint key(boolean validated, String more) {
    return new TableConstraint(
        "orders_customer_id_fkey",
        Kind.FOREIGN_KEY,
        List.of("customer_id"),
        "FOREIGN KEY (customer_id) REFERENCES customers(id)" + more,
        validated,
        Optional.empty(),
        Optional.of(TableName.parse("customers")));
  }

  private static TableConstraint incoming() {
    return new TableConstraint(
        "orders_customer_id_fkey",
        Kind.FOREIGN_KEY,
        List.of("id"),
        "FOREIGN KEY (customer_id) REFERENCES customers(id)",
        true,
        Optional.of(TableName.parse("orders")),
        Optional.empty());
  }

  private static List<Problem> problems(Draft draft) {
    return problems(draft, orders(), customers());
  }

  private static List<Problem> problems(Draft draft, TableSketch orders, TableSketch customers) {
    return new PretendServer(orders.build(), customers.build()).plan(draft.build()).problems();
  }

  private static Plan plan(Draft draft) {
    Planning planning =
        new PretendServer(orders().build(), customers().build()).plan(draft.build());
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow();
  }

  private static String mismatch(Change change) {
    return verify(plan(Draft.of(change))).mismatch();
  }

  private static Action.Verify verify(Plan plan) {
    return plan.steps().stream()
        .map(PlannedStep::action)
        .filter(Action.Verify.class::isInstance)
        .map(Action.Verify.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> locks(Plan plan, String id) {
    return statements(plan, id).locks().stream().map(TableLock::toString).toList();
  }

  private static Action.Statements statements(Plan plan, String id) {
    return plan.steps().stream()
        .filter(s -> s.id().equals(id))
        .map(s -> (Action.Statements) s.action())
        .findFirst()
        .orElseThrow();
  }
}
