package dev.lockstep.deploy.real;

import dev.lockstep.worker.engine.History;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What people see of a run in the Temporal UI.
 *
 * @param summary beside the run's id
 * @param details as Markdown
 * @param stepTitles of the activities in the history
 * @param attributes Lockstep's search attributes
 */
record Shown(
    String summary, String details, List<String> stepTitles, SortedMap<String, String> attributes) {
  private static final List<String> ATTRIBUTES =
      List.of("LockstepKind", "LockstepName", "LockstepDatabase", "LockstepPhase", "LockstepState");

  static Shown of(RealTemporal service, WorkflowStub run) {
    WorkflowExecutionDescription description = run.describe();
    WorkflowExecution execution = description.getExecution();
    return new Shown(
        String.valueOf(description.getStaticSummary()),
        run.query("__temporal_workflow_metadata", WorkflowMetadata.class).getCurrentDetails(),
        titles(History.of(service.client(), execution).events()),
        attributes(description));
  }

  /** Lockstep's search attributes alone: for these no worker is asked. */
  static SortedMap<String, String> attributes(WorkflowExecutionDescription description) {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (String name : ATTRIBUTES) {
      attributes.put(
          name,
          String.valueOf(
              description.getTypedSearchAttributes().get(SearchAttributeKey.forKeyword(name))));
    }
    return attributes;
  }

  private static List<String> titles(List<HistoryEvent> events) {
    return events.stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
        .map(event -> event.getUserMetadata().getSummary())
        .flatMap(Shown::text)
        .toList();
  }

  private static Stream<String> text(Payload summary) {
    return summary.getData().isEmpty()
        ? Stream.empty()
        : Stream.of(summary.getData().toStringUtf8());
  }
}
