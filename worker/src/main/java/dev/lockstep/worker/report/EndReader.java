package dev.lockstep.worker.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.api.RunControls;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a run stands: from its result, else from the memo that it keeps. */
final class EndReader {
  private final Map<String, String> memo = new TreeMap<>();
  private final List<Course.Stand> stands = new ArrayList<>();
  private Optional<RunOutcome> outcome = Optional.empty();
  private Optional<Fault> failure = Optional.empty();
  private Optional<Instant> ended = Optional.empty();
  private Optional<String> byService = Optional.empty();

  void read(List<HistoryEvent> events) {
    events.forEach(this::take);
  }

  /** The result; absent: it goes on, or did not end by itself. */
  Optional<RunOutcome> outcome() {
    return outcome;
  }

  /** With which a run failed that had changed nothing. */
  Optional<Fault> failure() {
    return failure;
  }

  Optional<Instant> ended() {
    return ended;
  }

  List<Course.Stand> stands() {
    return List.copyOf(stands);
  }

  String state() {
    return outcome
        .map(it -> it.state().name())
        .or(() -> byService)
        .or(() -> memo(RunControls.MEMO_STATE))
        .orElse(RunState.RUNNING.name());
  }

  String message() {
    return outcome
        .map(RunOutcome::message)
        .or(() -> failure.map(Fault::message))
        .or(() -> memo(RunControls.MEMO_MESSAGE))
        .orElse("");
  }

  Optional<Phase> phase() {
    return outcome
        .map(RunOutcome::phase)
        .or(
            () ->
                memo(RunControls.MEMO_PHASE)
                    .flatMap(
                        word ->
                            Arrays.stream(Phase.values())
                                .filter(phase -> phase.name().equals(word))
                                .findFirst()));
  }

  private Optional<String> memo(String field) {
    return Optional.ofNullable(memo.get(field)).filter(text -> !text.isEmpty());
  }

  private void take(HistoryEvent event) {
    Instant at = Values.time(event);
    switch (event.getEventType()) {
      case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED ->
          keep(event.getWorkflowExecutionStartedEventAttributes().getMemo().getFieldsMap(), at);
      case EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED ->
          keep(
              event.getWorkflowPropertiesModifiedEventAttributes().getUpsertedMemo().getFieldsMap(),
              at);
      case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED -> {
        ended = Optional.of(at);
        JsonNode result =
            Values.tree(event.getWorkflowExecutionCompletedEventAttributes().getResult(), 0);
        outcome = Values.read(result, RunOutcome.class);
      }
      case EVENT_TYPE_WORKFLOW_EXECUTION_FAILED -> {
        ended = Optional.of(at);
        byService = Optional.of(RunState.FAILED.name());
        failure =
            Optional.of(
                FailureReader.fault(
                    event.getWorkflowExecutionFailedEventAttributes().getFailure(), ""));
      }
      case EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED -> {
        ended = Optional.of(at);
        byService = memo(RunControls.MEMO_STATE).or(() -> Optional.of("CANCELLED"));
      }
      case EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED -> {
        ended = Optional.of(at);
        byService = Optional.of("TERMINATED");
      }
      case EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT -> {
        ended = Optional.of(at);
        byService = Optional.of("TIMED_OUT");
      }
      default -> {
        // It says nothing of the end.
      }
    }
  }

  private void keep(Map<String, Payload> fields, Instant at) {
    fields.forEach((field, value) -> memo.put(field, Values.tree(value).asText("")));
    if (fields.containsKey(RunControls.MEMO_STATE)) {
      String state = memo.getOrDefault(RunControls.MEMO_STATE, "");
      boolean same = !stands.isEmpty() && stands.get(stands.size() - 1).state().equals(state);
      if (!state.isEmpty() && !same) {
        stands.add(new Course.Stand(state, at));
      }
    }
  }
}
