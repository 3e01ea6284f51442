package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.definitions.model.Migration.OnFailure;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Notification.Event;
import dev.lockstep.definitions.model.Receiver;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.workflows.api.Notified;
import dev.lockstep.workflows.api.NotifyRequest;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Notice;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fakes.CopyPlans;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of runs, and that nobody who is told can keep one from going on. */
final class NoticesTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final Stage stage = new Stage(Plans.whole());

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aRunThatNobodyAsksAboutStartsNothing() {
    WorkflowStub run = stage.start();

    assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(stage.has(run, EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED))
        .isFalse();
  }

  @Test
  void onlyWhatIsAskedForIsTold() {
    told(new Notification("ends", List.of(), List.of(Event.SUCCEEDED), slack(), Optional.empty()));

    Stage.end(stage.start());

    untilDelivered("ends SUCCEEDED");
  }

  @Test
  void aRunTellsOfItsBeginningItsGateAndItsEnd() {
    List<dev.lockstep.definitions.plan.PlannedStep> steps =
        List.of(Plans.claim(), Plans.add(), Plans.gate(), Plans.backfill());
    stage.script.prepare(Plans.prepared(steps).notifying(List.of(everything("ops"))));
    WorkflowStub run = stage.start();
    Stage.until(run, RunState.WAITING);
    Stage.say(run, "approve", "{\"gate\": \"contract\"}");
    Stage.end(run);

    untilDelivered("ops STARTED", "ops WAITING", "ops SUCCEEDED");
  }

  @Test
  void aHeldRunTellsEachTime() {
    stage.script.prepare(
        Plans.prepared(Prepared.State.PLANNED, Plans.plan(Plans.whole(), OnFailure.HOLD))
            .notifying(List.of(everything("ops"))));
    stage.script.fail("backfill migrate/fill", differ());
    stage.script.fail("backfill migrate/fill", differ());
    WorkflowStub run = stage.start();
    Stage.until(run, RunState.HELD);
    Stage.say(run, "retry", "{}");
    untilDelivered("ops STARTED", "ops HELD", "ops HELD");
    Stage.until(run, RunState.HELD);
    Stage.say(run, "abort", "{}");
    Stage.end(run);

    untilDelivered("ops STARTED", "ops HELD", "ops HELD", "ops ROLLING_BACK", "ops ROLLED_BACK");
  }

  @Test
  void aFailedBackupTells() {
    stage.script.fail("readBack verify/read-back", differ());

    Stage.end(stage.startCopy(CopyPlans.backup().notifying(List.of(everything("ops")))));

    untilDelivered("ops STARTED", "ops ROLLING_BACK", "ops ROLLED_BACK");
  }

  @Test
  void aCancelledRunTells() {
    told(everything("ops"));
    stage.script.runEndlessly("backfill migrate/fill");
    WorkflowStub run = stage.start();
    stage.untilCalled("backfill migrate/fill", 1);
    run.cancel();

    untilDelivered("ops STARTED", "ops ROLLING_BACK", "ops CANCELLED");
  }

  @Test
  void aDefectTells() {
    stage.script.prepare(
        Plans.prepared(List.of(Plans.claim(), Plans.endless()))
            .notifying(List.of(everything("ops"))));
    WorkflowStub run = stage.start();

    assertThat(Stage.failure(run)).hasMessageContaining("a defect of Lockstep");

    untilDelivered("ops STARTED", "ops FAILED");
  }

  @Test
  void aRunThatCannotBeginTells() {
    stage.script.fail("prepare", refusal());

    assertThat(Stage.failure(stage.start())).hasMessageContaining("no table customers");

    untilDelivered("ops FAILED");
  }

  /** Its five tries without an answer take real time; that it replays is proven with the others. */
  @Test
  void aPreparationWithoutAnAnswerTells() throws IOException {
    WorkflowExecutionHistory history = HistoriesTest.read("notified-without-an-answer-0.json");

    assertThat(history.getEvents())
        .filteredOn(HistoryEvent::hasStartChildWorkflowExecutionInitiatedEventAttributes)
        .singleElement()
        .extracting(event -> event.getStartChildWorkflowExecutionInitiatedEventAttributes())
        .extracting(child -> child.getInput().getPayloads(0).getData().toStringUtf8())
        .asString()
        .contains("\"ops\"", "FAILED", "gave no sign of life");
  }

  @Test
  void aNewHistoryTellsNothingTwice() {
    told(everything("ops"));

    Stage.end(stage.startShort(5));

    untilDelivered("ops STARTED", "ops SUCCEEDED");
  }

  @Test
  void aReceiverThatIsAwayHoldsNobodyUp() {
    told(everything("ops"));
    stage.script.fail("deliver ops STARTED", refused());
    stage.script.fail("deliver ops SUCCEEDED", refused());

    assertThat(Stage.end(stage.start()).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void whatIsNotTakenIsTriedAgainAndWhatIsRefusedIsGivenUp() {
    stage.script.fail("deliver ops HELD", unreachable());
    stage.script.fail("deliver ops HELD", unreachable());
    stage.script.fail("deliver audit HELD", refused());

    Notified end = startNotice(stage).getResult(Notified.class);

    assertThat(end.delivered()).containsExactly("ops");
    assertThat(end.givenUp())
        .containsExactly(new Notified.GivenUp("audit", "it answered with HTTP status 404"));
    assertThat(stage.script.calls()).filteredOn("deliver ops HELD"::equals).hasSize(3);
    assertThat(stage.script.calls()).filteredOn("deliver audit HELD"::equals).hasSize(1);
  }

  static Notification everything(String name) {
    return new Notification(name, List.of(), List.of(Event.values()), slack(), Optional.empty());
  }

  private static Receiver slack() {
    return new Receiver.Slack(new SecretReference.Variable("SLACK_URL"));
  }

  /** As often as a preparation is tried. */
  static void noAnswer(Stage stage) {
    for (int attempt = 0; attempt < 5; attempt++) {
      stage.script.fail(
          "prepare", new TimeoutFailure("", null, TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE));
    }
  }

  static ApplicationFailure refusal() {
    return Faults.notifying(
        Faults.failure(FaultCode.PLAN_REFUSED, "there is no table customers", ""),
        List.of(everything("ops")));
  }

  static ApplicationFailure unreachable() {
    return Faults.failure(FaultCode.RECEIVER_UNREACHABLE, "it answered with HTTP status 503", "");
  }

  static ApplicationFailure refused() {
    return Faults.failure(FaultCode.RECEIVER_REFUSED, "it answered with HTTP status 404", "");
  }

  private static ApplicationFailure differ() {
    return Faults.failure(FaultCode.ROWS_DIFFER, "2 rows of customers differ", "");
  }

  static WorkflowStub startNotice(Stage stage) {
    Notice notice =
        new Notice(
            "migration/customer-full-name/notice/1-1",
            Event.HELD,
            "customer-full-name/1",
            "migration/customer-full-name",
            new Subject(Subject.Kind.MIGRATION, "customer-full-name"),
            "shop",
            "migrate",
            "held by ROWS_DIFFER",
            List.of("retry"),
            Instant.parse("2026-11-27T10:00:00Z"));
    return stage.start(
        "Notify",
        notice.id(),
        new NotifyRequest(notice, List.of(everything("ops"), everything("audit"))));
  }

  private void told(Notification notification) {
    stage.script.prepare(stage.script.prepared().notifying(List.of(notification)));
  }

  private void untilDelivered(String... wanted) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(stage.script.calls())
                    .filteredOn(call -> call.startsWith("deliver "))
                    .map(call -> call.substring("deliver ".length()))
                    .containsExactlyInAnyOrder(wanted));
  }
}
