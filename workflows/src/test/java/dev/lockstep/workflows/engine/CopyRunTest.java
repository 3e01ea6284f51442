package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fakes.CopyPlans;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Backups, restores and drills: no ledger, the end recorded in the store. */
final class CopyRunTest {
  private final Stage stage = new Stage(Plans.whole());

  @AfterEach
  void close() {
    stage.close();
  }

  static ApplicationFailure missed() {
    return Faults.failure(FaultCode.OBJECTIVE_MISSED, "restored in 20m, the objective is 15m", "");
  }

  private static ApplicationFailure damaged() {
    return Faults.failure(FaultCode.BACKUP_DAMAGED, "object data/shop.dump has other bytes", "");
  }

  @Test
  void aBackupDoesItsStepsInOrderAndRecordsItsEnd() {
    RunOutcome outcome = Stage.end(stage.startCopy(CopyPlans.backup()));

    assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.run()).isEqualTo("shop-nightly/20261126T020000Z");
    assertThat(stage.script.calls())
        .containsExactly(
            "prepare",
            "preflight prepare/preflight",
            "mark prepare/mark",
            "take migrate/take",
            "readBack verify/read-back",
            "prune finish/prune",
            "conclude SUCCEEDED");
  }

  /** Each call of a restore with the undo that follows its failure. */
  static Stream<Arguments> failures() {
    String drop = "removeInstance expand/instance";
    String clear = "clear migrate/load";
    return Stream.of(
        Arguments.of("readBack prepare/read-back", List.of()),
        Arguments.of("makeInstance expand/instance", List.of(drop)),
        Arguments.of("load migrate/load", List.of(clear, drop)),
        Arguments.of("compare verify/compare", List.of(clear, drop)),
        Arguments.of("askRestored verify/check-has-orders", List.of(clear, drop)),
        Arguments.of(
            "switchService contract/switch", List.of("switchBack contract/switch", clear, drop)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aRestoreThatFailsAtAnyStepLeavesNothing(String call, List<String> undos) {
    stage.script.fail(call, damaged());

    RunOutcome outcome = Stage.end(stage.startCopy(CopyPlans.restore()));

    assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.BACKUP_DAMAGED);
    List<String> calls = stage.script.calls();
    assertThat(calls.subList(calls.indexOf(call) + 1, calls.size() - 1)).isEqualTo(undos);
    assertThat(calls).last().isEqualTo("conclude ROLLED_BACK");
  }

  @Test
  void anAbortInTheWindowSwitchesBack() {
    WorkflowStub run = stage.startCopy(CopyPlans.restore());
    Stage.until(run, status -> status.step().filter("contract/window"::equals).isPresent());

    Stage.say(run, "abort", "{\"by\": \"ada\"}");

    assertThat(Stage.end(run).state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(stage.script.calls())
        .containsSubsequence("switchBack contract/switch", "clear migrate/load")
        .doesNotContain("stopOld finish/stop-old");
  }

  @Test
  void theOldInstanceIsStoppedOnlyAfterTheWindow() {
    WorkflowStub run = stage.startCopy(CopyPlans.restore());
    Stage.until(run, status -> status.step().filter("contract/window"::equals).isPresent());
    assertThat(stage.script.calls()).doesNotContain("stopOld finish/stop-old");

    stage.environment.sleep(Duration.ofHours(25));

    assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(stage.script.calls()).contains("stopOld finish/stop-old");
  }

  @Test
  void aDrillWhoseCheckFailsCleansUpAndRecordsIt() {
    stage.script.fail("askRestored verify/check-has-orders", damaged());

    RunOutcome outcome = Stage.end(stage.startCopy(CopyPlans.drill()));

    assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(stage.script.calls()).endsWith("clear migrate/load", "conclude ROLLED_BACK");
  }

  @Test
  void aDrillThatMissesItsObjectiveFailsAndWaitsForNobody() {
    stage.script.fail("conclude SUCCEEDED", missed());

    RunOutcome outcome = Stage.end(stage.startCopy(CopyPlans.drill()));

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.OBJECTIVE_MISSED);
    assertThat(outcome.message()).contains("the objective is 15m");
    assertThat(outcome.undoFailures()).isEmpty();
  }

  @Test
  void aBackupThatIsCancelledMidwayIsDiscarded() {
    stage.script.runEndlessly("take migrate/take");
    WorkflowStub run = stage.startCopy(CopyPlans.backup());
    stage.untilCalled("take migrate/take", 1);

    run.cancel();

    assertThat(Stage.failure(run)).isInstanceOf(CanceledFailure.class);
    assertThat(stage.script.calls()).endsWith("discard migrate/take", "conclude CANCELLED");
  }

  @Test
  void aPausedBackupTakesItsDumpAgain() {
    stage.script.runEndlessly("take migrate/take");
    WorkflowStub run = stage.startCopy(CopyPlans.backup());
    stage.untilCalled("take migrate/take", 1);

    Stage.say(run, "pause", "{\"reason\": \"peak hour\"}");
    Stage.until(run, RunState.PAUSED);
    stage.script.release("take migrate/take");
    Stage.say(run, "resume", "{}");

    assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(stage.script.calls("take")).hasSize(2);
  }

  @Test
  void aBackupOfWhichNothingCouldBeReadFailsBeforeItsManifestCounts() {
    Prepared backup = CopyPlans.backup();
    stage.script.fail("preflight prepare/preflight", damaged());

    RunOutcome outcome = Stage.end(stage.startCopy(backup));

    assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(stage.script.calls()).doesNotContain("take migrate/take");
  }
}
