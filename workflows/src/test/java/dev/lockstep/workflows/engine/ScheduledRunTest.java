package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.ScheduledEnd;
import dev.lockstep.workflows.api.ScheduledRequest;
import dev.lockstep.workflows.fakes.Plans;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The runs that a schedule starts, one after the other and beside those of people. */
final class ScheduledRunTest {
  private static final String RUN = "migration/customer-full-name";
  private static final String ID = "schedule/nightly-2026-11-27T02:00:00Z";

  private final Stage stage = new Stage(Plans.whole());

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void theRunHasTheIdOfEveryOtherDoor() {
    ScheduledEnd end = scheduled(ID, false).getResult(ScheduledEnd.class);

    assertThat(end.workflowId()).isEqualTo(RUN);
    assertThat(end.attached()).isFalse();
    assertThat(end.state()).contains(RunState.SUCCEEDED);
    assertThat(Stage.end(named(RUN)).run()).isEqualTo("customer-full-name/1");
  }

  @Test
  void aRunThatIsUnderWayIsTheOneOfThisTime() {
    stage.script.runEndlessly("backfill migrate/fill");
    WorkflowStub byHand = stage.start();
    stage.untilCalled("backfill migrate/fill", 1);

    ScheduledEnd end = scheduled(ID, false).getResult(ScheduledEnd.class);

    assertThat(end.attached()).isTrue();
    assertThat(end.state()).isEmpty();
    assertThat(stage.script.calls()).containsOnlyOnce("prepare");
    stage.script.release("backfill migrate/fill");
    assertThat(Stage.end(byHand).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void whereRunsMayGoOnSideBySideEachHasItsOwnId() {
    ScheduledEnd end = scheduled(ID, true).getResult(ScheduledEnd.class);

    assertThat(end.workflowId()).isEqualTo(RUN + "/" + ID);
  }

  @Test
  void aCancelUndoesTheRunAndWaitsForIt() {
    stage.script.runEndlessly("backfill migrate/fill");
    WorkflowStub scheduled = scheduled(ID, false);
    stage.untilCalled("backfill migrate/fill", 1);

    scheduled.cancel();

    assertThatThrownBy(() -> scheduled.getResult(ScheduledEnd.class))
        .isInstanceOf(WorkflowFailedException.class)
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(stage.script.calls()).contains("settle CANCELLED");
  }

  @Test
  void aTerminatedOneLeavesTheRunAlone() {
    stage.script.runEndlessly("backfill migrate/fill");
    WorkflowStub scheduled = scheduled(ID, false);
    stage.untilCalled("backfill migrate/fill", 1);

    scheduled.terminate("by mistake");
    stage.script.release("backfill migrate/fill");

    RunOutcome outcome =
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> Stage.end(named(RUN)), it -> it.state() == RunState.SUCCEEDED);
    assertThat(outcome.fault()).isEmpty();
  }

  @Test
  void onlyKindsOfSchedulesAreStarted() {
    WorkflowStub scheduled = start(ID, new ScheduledRequest("Restore", "x", false, origin()));

    assertThatThrownBy(() -> scheduled.getResult(ScheduledEnd.class))
        .hasStackTraceContaining("Backup or Drill or Migration");
  }

  private WorkflowStub scheduled(String id, boolean apart) {
    return start(id, new ScheduledRequest("Migration", "customer-full-name", apart, origin()));
  }

  private WorkflowStub start(String id, ScheduledRequest request) {
    return stage.start("Scheduled", id, request);
  }

  private static ScheduledRequest.Origin origin() {
    return new ScheduledRequest.Origin("nightly", "digest", false, 0, 0);
  }

  private WorkflowStub named(String id) {
    return stage.environment.getWorkflowClient().newUntypedWorkflowStub(id);
  }
}
