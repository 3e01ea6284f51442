package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fakes.Plans;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DetailsTest {
  /** Without the spaces that keep the columns of a table apart. */
  private static String details(WorkflowStub run) {
    return run.query("__temporal_workflow_metadata", WorkflowMetadata.class)
        .getCurrentDetails()
        .replace("\u00a0", "");
  }

  @Test
  void theDetailsShowPhasesProgressReasonsAndDecisions() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.runEndlessly("backfill migrate/fill");
      WorkflowStub run = stage.start();
      Stage.until(run, now -> now.progress().isPresent());

      assertThat(details(run))
          .isEqualTo(
              """
              ### customer-full-name/1: RUNNING, phase MIGRATE

              | phase | steps | done | state |
              |:---|---:|---:|:---|
              | PREPARE | 1 | 1 | done |
              | EXPAND | 3 | 3 | done |
              | MIGRATE | 1 | 0 | running |
              | VERIFY | 2 | 0 | to do |
              | GATE | 2 | 0 | to do |
              | CONTRACT | 3 | 0 | to do |
              | FINISH | 2 | 0 | to do |

              **Does migrate/fill** (migrate/fill)

              `█████░░░░░░░░░░░░░░░` 25 %, 50 of 200, 25/s, about 6 s left

              **Waiting for**

              - replica lags by 7s

              **Decisions, as updates of this run**

              - `pause` with `{"reason": "…"}`
              - `abort` with `{"reason": "…"}`
              - `tune` with `{"batchDuration": "100ms"}`\
              """);
    }
  }

  @Test
  void theDetailsOfAFailedUndoNameWhatIsLeft() {
    try (Stage stage = new Stage(Plans.whole())) {
      stage.script.fail("ask gate/ask", Faults.failure(FaultCode.ANSWER_UNEXPECTED, "no", ""));
      stage.script.fail(
          "undoStatements expand/add",
          Faults.failure(FaultCode.STATEMENT_REFUSED, "customers\nis gone", ""));
      WorkflowStub run = stage.start();

      assertThat(Stage.end(run).state()).isEqualTo(RunState.FAILED);
      assertThat(details(run))
          .contains("FAILED, phase GATE")
          .contains("| EXPAND | 3 | 0 | undo failed |")
          .contains("- ANSWER_UNEXPECTED in gate/ask: no")
          .contains("**Not undone**\n\n- STATEMENT_REFUSED in expand/add: customers is gone")
          .doesNotContain("Decisions");
    }
  }

  @Test
  void activitiesAndTimersCarryTheSentenceOfTheirStep() {
    try (Stage stage = new Stage(Plans.whole())) {
      WorkflowStub run = stage.start();
      Stage.end(run);

      List<HistoryEvent> events = stage.histories(run).get(0).getEvents();
      assertThat(summaries(events, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED))
          .contains("\"Does expand/add\"", "\"Compare every row\"", "\"Record the end: SUCCEEDED\"")
          .hasSize(15);
      assertThat(summaries(events, EventType.EVENT_TYPE_TIMER_STARTED))
          .containsExactly("\"until all rows are verified again\"", "\"Does contract/window\"");
    }
  }

  private static List<String> summaries(List<HistoryEvent> events, EventType type) {
    return events.stream()
        .filter(event -> event.getEventType() == type)
        .map(event -> event.getUserMetadata().getSummary())
        .map(Payload::getData)
        .map(data -> data.toStringUtf8())
        .toList();
  }

  @Test
  void searchAttributesAreWrittenWhereTheStarterSaysThatTheServerHasThem() {
    List<String> names =
        List.of(
            "LockstepKind", "LockstepName", "LockstepDatabase", "LockstepPhase", "LockstepState");
    try (Stage stage = new Stage(Plans.whole())) {
      for (String name : names) {
        stage.environment.registerSearchAttribute(
            name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
      }
      WorkflowStub run =
          stage.start("{\"name\": \"customer-full-name\", \"searchAttributes\": true}");
      Stage.end(run);

      assertThat(names)
          .extracting(
              name ->
                  run.describe()
                      .getTypedSearchAttributes()
                      .get(SearchAttributeKey.forKeyword(name)))
          .containsExactly("Migration", "customer-full-name", "shop", "FINISH", "SUCCEEDED");
    }
  }

  @Test
  void searchAttributesAreWrittenWhereTheWorkerFoundThatTheServerHasThem() {
    SearchAttributeKey<String> state = SearchAttributeKey.forKeyword("LockstepState");
    try (Stage stage = new Stage(Plans.whole())) {
      for (String name : List.of("Kind", "Name", "Database", "Phase", "State")) {
        stage.environment.registerSearchAttribute(
            "Lockstep" + name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
      }
      stage.script.prepare(stage.script.prepared().searchable());
      WorkflowStub run = stage.start();
      Stage.end(run);

      assertThat(run.describe().getTypedSearchAttributes().get(state)).isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void withoutThatWordNoSearchAttributeIsWritten() {
    try (Stage stage = new Stage(Plans.whole())) {
      WorkflowStub run = stage.start();

      assertThat(Stage.end(run).state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(run.describe().getTypedSearchAttributes().size()).isZero();
    }
  }
}
