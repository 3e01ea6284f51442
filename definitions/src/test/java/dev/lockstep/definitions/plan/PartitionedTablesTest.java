package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Observation.Dependent;
import dev.lockstep.definitions.plan.Observation.Server;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import dev.lockstep.definitions.plan.Partitions.Partition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is planned and what is refused for a table with partitions. */
final class PartitionedTablesTest {
  private static final Server SEVENTEEN = new Server(170000, "lockstep", true, false, 0);

  private static TableSketch customers() {
    return TableSketch.customers().divided("age", 3);
  }

  private static TableSketch with(Partitions.Kind kind, boolean owned) {
    Partition partition =
        new Partition(new TableName("public", "customers_1"), kind, "shop_owner", owned);
    return TableSketch.customers()
        .divided(new Partitions(List.of("age"), false, List.of(partition), List.of(), List.of()));
  }

  private static TableSketch having(List<Dependent> own, List<Dependent> users) {
    return TableSketch.customers()
        .divided(new Partitions(List.of("age"), false, List.of(), own, users));
  }

  private static Planning plan(Draft draft, TableSketch table) {
    return new PretendServer(table.build()).plan(draft.build());
  }

  private static List<Problem> problems(Draft draft, TableSketch table) {
    return plan(draft, table).problems();
  }

  private static void refused(Draft draft, TableSketch table, String... words) {
    assertThat(problems(draft, table))
        .singleElement()
        .satisfies(p -> assertThat(p.code()).isEqualTo(Code.CHANGE_UNSUPPORTED))
        .satisfies(p -> assertThat(p.message()).contains(words));
  }

  @Test
  void aPartitionByItselfAndWhatInheritsAreNotChanged() {
    refused(
        Draft.of(Draft.drop("email")),
        TableSketch.customers().partitioned(),
        "change the uppermost table of its partitions");
  }

  @Test
  void everyPartitionMustBeATableOfOurs() {
    refused(
        Draft.of(Draft.drop("email")),
        with(Partitions.Kind.FOREIGN, true),
        "partition customers_1 of table customers is a foreign table",
        "detach it first");
    refused(
        Draft.of(Draft.drop("email")),
        with(Partitions.Kind.DETACHING, true),
        "ALTER TABLE customers DETACH PARTITION customers_1 FINALIZE first");
    assertThat(problems(Draft.of(Draft.drop("email")), with(Partitions.Kind.LEAF, false)))
        .extracting(Problem::code)
        .containsExactly(Code.PRIVILEGE_MISSING);
  }

  @Test
  void columnsOfThePartitionKeyStayAsTheyAre() {
    for (Change change :
        List.of(Draft.drop("age"), Draft.rename("age", "years"), Draft.type("age", "bigint"))) {
      assertThat(problems(Draft.of(change), customers()))
          .filteredOn(p -> p.message().contains("column age is part of the partition key"))
          .hasSize(1);
    }
    refused(
        Draft.steps(new Step.Backfill("customers", "age", "1", "age IS NULL")),
        customers(),
        "another value may belong into another partition");
    assertThat(problems(Draft.of(Draft.add("adult", "text", true, "age")), customers())).isEmpty();
  }

  @Test
  void whatAPartitionHasOfItsOwnIsNotLost() {
    Dependent own = new Dependent(List.of("email"), "index x of partition customers_1");
    Dependent view = new Dependent(List.of("email"), "view v over partition customers_1");

    refused(
        Draft.of(Draft.rename("email", "mail")),
        having(List.of(own), List.of()),
        "column email of table customers has index x of partition customers_1, which would be lost");
    refused(
        Draft.of(Draft.drop("email")),
        having(List.of(), List.of(view)),
        "table customers is used by view v over partition customers_1; drop that first");
    refused(
        Draft.of(new Change.DropTable("customers")),
        having(List.of(), List.of(view)),
        "view v over partition customers_1");
    assertThat(
            problems(Draft.of(new Change.DropTable("customers")), having(List.of(own), List.of())))
        .isEmpty();
    assertThat(
            problems(
                Draft.of(Draft.rename("last_name", "surname")),
                having(List.of(own), List.of(view))))
        .isEmpty();
  }

  @Test
  void aUniqueIndexHasThePartitionKey() {
    refused(
        Draft.of(Draft.index("u", true, "email")),
        customers(),
        "must have all columns of the partition key; missing: age");
    assertThat(problems(Draft.of(Draft.index("u", true, "email", "age")), customers())).isEmpty();
    assertThat(problems(Draft.of(Draft.index("i", false, "email")), customers())).isEmpty();
    refused(
        Draft.of(Draft.index("u", true, "email", "age")),
        TableSketch.customers()
            .divided(new Partitions(List.of("age"), true, List.of(), List.of(), List.of())),
        "partitioned by an expression");
  }

  @Test
  void aUniqueConstraintOfAMovedColumnCannotBeMadeAnew() {
    TableSketch table =
        customers()
            .index("email", true, Optional.of("customers_email_key"))
            .with("customers_email_key", Kind.UNIQUE, "UNIQUE (email, age)", "email", "age");
    refused(
        Draft.of(Draft.rename("email", "mail")), table, "unique constraint customers_email_key");
    assertThat(problems(Draft.of(Draft.drop("email")), table)).isEmpty();
  }

  @Test
  void foreignKeysNeedPostgres18() {
    Draft key = Draft.of(Draft.reference("customers", "age", "ages"));
    Observation.Table ages = TableSketch.table("ages").build();
    Observation.Table customers = customers().build();

    assertThat(new PretendServer(customers, ages).plan(key.build()).problems()).isEmpty();
    assertThat(new PretendServer(customers, ages).like(SEVENTEEN).plan(key.build()).problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("PostgreSQL before 18"));
    Draft other = Draft.of(Draft.reference("ages", "id", "customers"));
    assertThat(new PretendServer(customers, ages).like(SEVENTEEN).plan(other.build()).problems())
        .isEmpty();
  }

  @Test
  void aWiderTypeIsASecondColumnWhereIndexesWouldBeBuiltAnew() {
    Draft widen = Draft.of(Draft.type("email", "varchar(80)"));
    TableSketch indexed = customers().index("email", false, Optional.empty());

    assertThat(kinds(plan(widen, customers()))).doesNotContain("Backfill");
    assertThat(kinds(plan(widen, indexed))).contains("Backfill");
    Draft both =
        Draft.of(Draft.type("email", "varchar(80)"), Draft.index("by_email", false, "email"));
    assertThat(kinds(plan(both, customers()))).contains("Backfill");
  }

  private static List<String> kinds(Planning planning) {
    return planning.plan().orElseThrow().steps().stream()
        .map(s -> s.action().getClass().getSimpleName())
        .toList();
  }

  @Test
  void thePlanSaysHowManyTablesAreLocked() {
    assertThat(plan(Draft.of(Draft.drop("email")), customers()).plan().orElseThrow().hazards())
        .filteredOn(h -> h.code().equals("PARTITIONS_LOCKED"))
        .singleElement()
        .satisfies(
            h ->
                assertThat(h.message())
                    .contains("each lock on customers is also one on each of its 3 partitions"));
    assertThat(
            plan(Draft.of(Draft.drop("email")), TableSketch.customers())
                .plan()
                .orElseThrow()
                .hazards())
        .noneMatch(h -> h.code().equals("PARTITIONS_LOCKED"));
  }
}
