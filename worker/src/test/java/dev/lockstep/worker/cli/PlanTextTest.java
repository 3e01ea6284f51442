package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Estimate;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.LockMode;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.definitions.plan.Undo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanTextTest {
  private static final TableName TABLE = TableName.parse("customers");

  private static Action statements(String sql) {
    return new Action.Statements(
        List.of(sql), List.of(new TableLock(TABLE, LockMode.ACCESS_EXCLUSIVE)));
  }

  private static PlannedStep expand() {
    return new PlannedStep(
        "expand/customers-columns",
        Phase.EXPAND,
        "Add full_name to customers",
        statements("ALTER TABLE customers ADD COLUMN full_name text"),
        Undo.by("drop the column again", statements("ALTER TABLE customers DROP COLUMN full_name")),
        new Estimate(1, 2048, 1024, Duration.ofSeconds(2)),
        false,
        false);
  }

  private static PlannedStep finish() {
    return new PlannedStep(
        "finish/customers",
        Phase.FINISH,
        "Drop what was hidden",
        statements("ALTER TABLE customers DROP COLUMN lockstep_old_phone"),
        Undo.nothing("nothing comes back"),
        Estimate.MOMENT,
        true,
        false);
  }

  private static Plan plan(List<PlannedStep> steps, List<Hazard> hazards) {
    return new Plan(
        "full-name",
        "shop",
        List.of(TABLE),
        steps,
        hazards,
        Limits.DEFAULT,
        Migration.OnFailure.ROLLBACK);
  }

  @Test
  void everyStepHasItsSqlLockCostAndUndo() {
    assertThat(PlanText.of("Migration", plan(List.of(expand(), finish()), List.of())))
        .startsWith("Migration full-name on database shop: 2 steps, 0 rows to fill\n")
        .contains("Everything can be undone until finish/customers.")
        .contains("  1. Add full_name to customers  [expand/customers-columns]")
        .contains("sql   ALTER TABLE customers ADD COLUMN full_name text")
        .contains("lock  ACCESS EXCLUSIVE on customers (blocks ")
        .contains("waits at most 500ms")
        .contains("cost  about 1 row, 2.0 KiB written, 1.0 KiB of WAL, 2.0s")
        .contains("undo  drop the column again\n             ALTER TABLE customers DROP COLUMN")
        .contains("undo  none: this is the point of no return")
        .endsWith("No hazards found.\n");
  }

  @Test
  void aStepThatMayBeDoneWithOthersNamesThem() {
    Plan plan = plan(List.of(fill("a"), fill("b"), finish()), List.of());
    Plan two =
        new Plan(
            plan.migration(),
            plan.database(),
            plan.tables(),
            plan.steps(),
            plan.hazards(),
            Limits.DEFAULT.withTables(2),
            plan.onFailure());
    assertThat(PlanText.of("Migration", two).lines())
        .containsSubsequence(
            "  1. Fill a  [migrate/a]",
            "       with  migrate/b, at most 2 at a time",
            "  2. Fill b  [migrate/b]",
            "       with  migrate/a, at most 2 at a time")
        .filteredOn(line -> line.contains("with "))
        .hasSize(2);
  }

  private static PlannedStep fill(String table) {
    return new PlannedStep(
        "migrate/" + table,
        Phase.MIGRATE,
        "Fill " + table,
        new Action.Backfill(
            TableName.parse(table), new RowKey(List.of()), List.of(), "name IS NULL", 10),
        Undo.nothing("nothing comes back"),
        Estimate.MOMENT,
        false,
        false,
        Optional.of(1));
  }

  @Test
  void phasesAreHeadings() {
    assertThat(PlanText.of("Migration", plan(List.of(expand(), finish()), List.of())).lines())
        .containsSubsequence("expand", "finish");
  }

  @Test
  void withoutAPointOfNoReturnEverythingCanBeUndone() {
    assertThat(PlanText.of("Migration", plan(List.of(expand()), List.of())))
        .contains("Every step can be undone.");
  }

  @Test
  void aHazardHasItsFixAndTheReasonWhyItIsAccepted() {
    Hazard hazard =
        new Hazard(
            "SQL_BLOCKS",
            Hazard.Level.STOP,
            "VACUUM FULL blocks customers",
            "leave it out",
            Optional.of("nobody works on Sunday"));

    assertThat(PlanText.of("Migration", plan(List.of(expand()), List.of(hazard))))
        .contains("stop SQL_BLOCKS: VACUUM FULL blocks customers")
        .contains("fix   leave it out")
        .contains("allow nobody works on Sunday");
  }
}
