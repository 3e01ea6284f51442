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
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands still for a backup goes on, whatever becomes of it, before anything else is done. */
final class QuiesceRunTest {
  private static final Prepared BACKUP = CopyPlans.quiesced(Duration.ofHours(1));
  private static final String STOP = "stopWorkload migrate/stop-web";
  private static final String FREEZE = "freeze migrate/freeze";
  private static final String TAKE = "take migrate/take";
  private static final String UNDO_STOP = "startWorkload migrate/stop-web";
  private static final String UNDO_FREEZE = "thaw migrate/freeze";
  private static final String DISCARD = "discard migrate/take";

  private final Stage stage = new Stage(Plans.whole());

  @AfterEach
  void close() {
    stage.close();
  }

  private static ApplicationFailure broken(FaultCode code) {
    return Faults.failure(code, "it does not work", "");
  }

  private List<String> after(String call) {
    List<String> calls = stage.script.calls();
    return calls.subList(calls.lastIndexOf(call) + 1, calls.size());
  }

  @Test
  void everythingStandsStillAroundTheDumpAlone() {
    RunOutcome outcome = Stage.end(stage.startCopy(BACKUP));

    assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(stage.script.calls())
        .containsExactly(
            "prepare",
            "preflight prepare/preflight",
            "mark prepare/mark",
            STOP,
            FREEZE,
            TAKE,
            "thaw migrate/thaw",
            "startWorkload migrate/start-web",
            "readBack verify/read-back",
            "prune finish/prune",
            "conclude SUCCEEDED");
  }

  @Test
  void aDumpThatFailsIsThawedBeforeItIsDiscarded() {
    stage.script.fail(TAKE, broken(FaultCode.DUMP_FAILED));

    RunOutcome outcome = Stage.end(stage.startCopy(BACKUP));

    assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(after(TAKE))
        .containsExactly(UNDO_FREEZE, UNDO_STOP, DISCARD, "conclude ROLLED_BACK");
  }

  @Test
  void aFreezeThatFailsByHalfIsThawed() {
    stage.script.fail(FREEZE, broken(FaultCode.QUIESCE_FAILED));

    assertThat(Stage.end(stage.startCopy(BACKUP)).state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(after(FREEZE)).containsExactly(UNDO_FREEZE, UNDO_STOP, "conclude ROLLED_BACK");
  }

  @Test
  void aWorkloadThatDoesNotStopIsStartedAgain() {
    stage.script.fail(STOP, broken(FaultCode.QUIESCE_FAILED));

    assertThat(Stage.end(stage.startCopy(BACKUP)).state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(after(STOP)).containsExactly(UNDO_STOP, "conclude ROLLED_BACK");
  }

  @ParameterizedTest
  @ValueSource(strings = {TAKE, STOP, FREEZE})
  void aCancelledBackupIsThawed(String endless) {
    stage.script.runEndlessly(endless);
    WorkflowStub run = stage.startCopy(BACKUP);
    stage.untilCalled(endless, 1);

    run.cancel();

    assertThat(Stage.failure(run)).isInstanceOf(CanceledFailure.class);
    List<String> undone = new ArrayList<>(List.of(UNDO_STOP));
    if (!endless.equals(STOP)) {
      undone.add(0, UNDO_FREEZE);
    }
    assertThat(after(endless)).startsWith(undone.toArray(String[]::new));
  }

  @Test
  void whatStandsStillTooLongIsThawed() {
    stage.script.runEndlessly(TAKE);

    RunOutcome outcome = Stage.end(stage.startCopy(CopyPlans.quiesced(Duration.ofMillis(1500))));

    assertThat(outcome.state()).isEqualTo(RunState.ROLLED_BACK);
    assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.QUIESCE_FAILED);
    assertThat(outcome.fault().orElseThrow().message()).contains("was not taken within 1s");
    assertThat(after(TAKE))
        .containsExactly(UNDO_FREEZE, UNDO_STOP, DISCARD, "conclude ROLLED_BACK");
  }

  @Test
  void aThawThatFailsIsTriedAgain() {
    stage.script.fail("thaw migrate/thaw", broken(FaultCode.THAW_FAILED));

    assertThat(Stage.end(stage.startCopy(BACKUP)).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(stage.script.calls("thaw")).hasSize(2);
  }

  @Test
  void whatCannotBeThawedIsToldAndTheRestIsUndoneAllTheSame() {
    stage.script.fail(TAKE, broken(FaultCode.DUMP_FAILED));
    stage.script.fail(UNDO_FREEZE, broken(FaultCode.WORKLOAD_CHANGED));

    RunOutcome outcome = Stage.end(stage.startCopy(BACKUP));

    assertThat(outcome.state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.fault().orElseThrow().code()).isEqualTo(FaultCode.DUMP_FAILED);
    assertThat(outcome.undoFailures()).hasSize(1);
    assertThat(after(UNDO_FREEZE)).containsExactly(UNDO_STOP, DISCARD, "conclude FAILED");
  }

  @Test
  void aLaterFailureAsksForTheThawOnceMore() {
    stage.script.fail("readBack verify/read-back", broken(FaultCode.BACKUP_DAMAGED));

    Stage.end(stage.startCopy(BACKUP));

    assertThat(after("readBack verify/read-back"))
        .as("the undos find nothing to do: what was noted is gone")
        .containsExactly(UNDO_FREEZE, UNDO_STOP, DISCARD, "conclude ROLLED_BACK");
  }

  /** A worker that takes over has nothing but the history. */
  @Test
  void anotherWorkerGoesOnFromTheHistory() throws Exception {
    stage.script.fail(TAKE, broken(FaultCode.DUMP_FAILED));
    stage.script.count(STOP, new TreeMap<>(Map.of("pods", 3L)));
    WorkflowStub run = stage.startCopy(BACKUP);
    Stage.end(run);
    WorkflowExecutionHistory history = stage.histories(run).get(0);

    stage.worker.replayWorkflowExecution(history);

    assertThat(history.getEvents().size()).isGreaterThan(10);
  }
}
