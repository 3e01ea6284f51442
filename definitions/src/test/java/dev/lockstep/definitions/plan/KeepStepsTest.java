package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Migration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which columns and tables are kept in the store before finish drops them. */
final class KeepStepsTest {
  @Test
  void everyKeepComesBeforeThePointOfNoReturnAndAfterTheOldNamesAreHidden() {
    List<PlannedStep> steps =
        steps(
            Draft.of(Draft.drop("first_name", "last_name"), new Change.DropTable("coupons"))
                .build());

    List<String> ids = steps.stream().map(PlannedStep::id).toList();
    assertThat(ids)
        .containsSubsequence(
            "contract/customers-hide",
            "contract/coupons-hide",
            "finish/customers-keep",
            "finish/coupons-keep",
            "finish/customers-drop",
            "finish/coupons-drop");
    assertThat(steps)
        .filteredOn(PlannedStep::pointOfNoReturn)
        .singleElement()
        .extracting(PlannedStep::id)
        .isEqualTo("finish/customers-drop");
    assertThat(keeps(steps)).extracting(keep -> keep.copy().id()).doesNotHaveDuplicates();
  }

  @Test
  void aRenameLosesNothingAndKeepsNothing() {
    assertThat(keeps(steps(Draft.of(Draft.rename("email", "mail")).build()))).isEmpty();
  }

  @Test
  void theOldValuesOfAnotherTypeAreKeptAndThoseOfAWiderOneAreNot() {
    Change other =
        new Change.AlterColumn(
            "customers",
            "age",
            Optional.of("text"),
            Optional.empty(),
            Optional.of("age::text"),
            Optional.of("age::integer"));
    Change wider =
        new Change.AlterColumn(
            "customers",
            "email",
            Optional.of("text"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(keeps(steps(Draft.of(other, wider).build())))
        .singleElement()
        .satisfies(
            keep ->
                assertThat(keep.data().columns())
                    .singleElement()
                    .satisfies(
                        column -> {
                          assertThat(column.name()).isEqualTo("age");
                          assertThat(column.stored()).isEqualTo("lockstep_old_age");
                          assertThat(column.type()).isEqualTo("integer");
                        }));
  }

  @Test
  void withoutKeepingThePlanIsWhatItWas() {
    Migration migration = Draft.of(Draft.drop("first_name", "last_name")).build();

    List<PlannedStep> kept = steps(migration);
    List<PlannedStep> plain =
        KeptPlans.plan(migration, Optional.empty(), KeptPlans.shop()).plan().orElseThrow().steps();

    assertThat(plain).isEqualTo(kept.stream().filter(step -> keep(step).isEmpty()).toList());
    assertThat(kept).hasSize(plain.size() + 1);
  }

  @Test
  void aPartitionedTableIsNotDroppedWhereItWouldHaveToBeKept() {
    Migration migration = Draft.of(new Change.DropTable("customers")).build();
    TableSketch divided = TableSketch.customers().divided("age", 2);

    assertThat(KeptPlans.plan(migration, KeptPlans.keeping(), divided).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("keepDropped: 0s"));
    assertThat(KeptPlans.plan(migration, Optional.empty(), divided).problems()).isEmpty();
  }

  private static List<PlannedStep> steps(Migration migration) {
    Planning planning = KeptPlans.plan(migration, KeptPlans.keeping(), KeptPlans.shop());
    assertThat(planning.problems()).isEmpty();
    return planning.plan().orElseThrow().steps();
  }

  private static List<BackupStep.KeepDropped> keeps(List<PlannedStep> steps) {
    return steps.stream().flatMap(step -> keep(step).stream()).toList();
  }

  private static Optional<BackupStep.KeepDropped> keep(PlannedStep step) {
    return step.action() instanceof Action.OfBackup of
            && of.step() instanceof BackupStep.KeepDropped keep
        ? Optional.of(keep)
        : Optional.empty();
  }
}
