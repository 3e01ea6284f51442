package dev.lockstep.worker.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionUpdateAcceptedEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionUpdateCompletedEventAttributes;
import io.temporal.api.update.v1.Outcome;
import io.temporal.api.update.v1.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people said to a run: its updates, and the end from outside. What was refused is in no
 * history.
 */
final class DecisionReader {
  private static final Set<String> APART = Set.of("by", "comment", "reason");

  private final List<Course.Decision> all = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  void read(List<HistoryEvent> events) {
    events.forEach(this::take);
  }

  List<Course.Decision> all() {
    return List.copyOf(all);
  }

  private void take(HistoryEvent event) {
    Instant at = Values.time(event);
    switch (event.getEventType()) {
      case EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED ->
          accepted(event.getWorkflowExecutionUpdateAcceptedEventAttributes(), at);
      case EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED ->
          completed(event.getWorkflowExecutionUpdateCompletedEventAttributes());
      case EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED -> {
        var said = event.getWorkflowExecutionCancelRequestedEventAttributes();
        outside(at, "cancel", said.getIdentity(), said.getCause());
      }
      case EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED -> {
        var said = event.getWorkflowExecutionTerminatedEventAttributes();
        outside(at, "terminate", said.getIdentity(), said.getReason());
      }
      default -> {
        // Nobody said anything.
      }
    }
  }

  private void accepted(WorkflowExecutionUpdateAcceptedEventAttributes event, Instant at) {
    Request request = event.getAcceptedRequest();
    JsonNode input = Values.tree(request.getInput().getArgs(), 0);
    places.put(request.getMeta().getUpdateId(), all.size());
    all.add(
        new Course.Decision(
            at,
            request.getInput().getName(),
            Values.text(input, "by"),
            request.getMeta().getIdentity(),
            Values.text(input, "comment").or(() -> Values.text(input, "reason")),
            details(input),
            Optional.empty()));
  }

  private void completed(WorkflowExecutionUpdateCompletedEventAttributes event) {
    Integer place = places.get(event.getMeta().getUpdateId());
    if (place == null) {
      return;
    }
    Course.Decision said = all.get(place);
    all.set(
        place,
        new Course.Decision(
            said.at(),
            said.what(),
            said.by(),
            said.identity(),
            said.comment(),
            said.details(),
            Optional.of(answer(event.getOutcome()))));
  }

  private static String answer(Outcome outcome) {
    return outcome.hasFailure()
        ? "failed: " + outcome.getFailure().getMessage()
        : Values.text(Values.tree(outcome.getSuccess(), 0), "message").orElse("done");
  }

  private static SortedMap<String, String> details(JsonNode input) {
    SortedMap<String, String> details = new TreeMap<>();
    input
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (!APART.contains(field.getKey()) && !value.isNull()) {
                details.put(
                    field.getKey(), value.isTextual() ? value.textValue() : value.toString());
              }
            });
    return details;
  }

  private void outside(Instant at, String what, String identity, String reason) {
    all.add(
        new Course.Decision(
            at,
            what,
            Optional.empty(),
            identity,
            Optional.of(reason).filter(text -> !text.isBlank()),
            new TreeMap<>(),
            Optional.empty()));
  }
}
