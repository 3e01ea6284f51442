package dev.lockstep.worker.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The activities of a history, in the order in which they were called. */
final class Calls {
  private static final String UNDO = "undo: ";

  private final List<Call> all = new ArrayList<>();
  private final Map<Long, Call> open = new HashMap<>();

  /** Reads one history; those of the same run in their order. */
  void read(List<HistoryEvent> events) {
    open.clear();
    events.forEach(this::take);
  }

  List<Call> all() {
    return List.copyOf(all);
  }

  /** How a call ended. */
  enum End {
    /** It goes on, or the run ended before it. */
    OPEN,
    DONE,
    FAILED,
    /** It was asked to stop. */
    STOPPED
  }

  /** One call; what it says last is filled in as the history goes on. */
  static final class Call {
    final String type;
    final String step;
    final Course.Work.Kind kind;
    final Instant started;
    int attempts = 1;
    End end = End.OPEN;
    @Nullable Instant ended;
    @Nullable JsonNode result;
    @Nullable Fault fault;
    @Nullable Fault before;

    Call(HistoryEvent event) {
      ActivityTaskScheduledEventAttributes call = event.getActivityTaskScheduledEventAttributes();
      JsonNode first = Values.tree(call.getInput(), 0);
      JsonNode scope = first.has("scope") ? first.path("scope") : first;
      this.type = call.getActivityType().getName();
      this.step = scope.path("step").asText("");
      String summary = Values.tree(event.getUserMetadata().getSummary()).asText("");
      this.kind = summary.startsWith(UNDO) ? Course.Work.Kind.UNDO : Course.Work.Kind.ACT;
      this.started = Values.time(event);
    }

    Optional<Instant> ended() {
      return Optional.ofNullable(ended);
    }

    /** What stopped it. */
    Optional<Fault> fault() {
      return Optional.ofNullable(fault);
    }

    /** Why it was tried again, the last time. */
    Optional<Fault> before() {
      return Optional.ofNullable(before);
    }

    JsonNode result() {
      return result == null ? MissingNode.getInstance() : result;
    }

    private void end(HistoryEvent event, End how) {
      end = how;
      ended = Values.time(event);
    }

    private void fail(HistoryEvent event, Failure failure) {
      end(event, End.FAILED);
      fault = FailureReader.fault(failure, step);
    }
  }

  private void take(HistoryEvent event) {
    switch (event.getEventType()) {
      case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> {
        Call call = new Call(event);
        open.put(event.getEventId(), call);
        all.add(call);
      }
      case EVENT_TYPE_ACTIVITY_TASK_STARTED -> {
        var started = event.getActivityTaskStartedEventAttributes();
        Call call = open(started.getScheduledEventId());
        call.attempts = Math.max(1, started.getAttempt());
        call.before =
            started.hasLastFailure()
                ? FailureReader.fault(started.getLastFailure(), call.step)
                : null;
      }
      case EVENT_TYPE_ACTIVITY_TASK_COMPLETED -> {
        var completed = event.getActivityTaskCompletedEventAttributes();
        Call call = open(completed.getScheduledEventId());
        call.end(event, End.DONE);
        call.result = Values.tree(completed.getResult(), 0);
      }
      case EVENT_TYPE_ACTIVITY_TASK_FAILED -> {
        var failed = event.getActivityTaskFailedEventAttributes();
        open(failed.getScheduledEventId()).fail(event, failed.getFailure());
      }
      case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT -> {
        var late = event.getActivityTaskTimedOutEventAttributes();
        open(late.getScheduledEventId()).fail(event, late.getFailure());
      }
      case EVENT_TYPE_ACTIVITY_TASK_CANCELED ->
          open(event.getActivityTaskCanceledEventAttributes().getScheduledEventId())
              .end(event, End.STOPPED);
      default -> {
        // Of no activity.
      }
    }
  }

  private Call open(long scheduled) {
    Call call = open.get(scheduled);
    if (call == null) {
      throw new IllegalStateException("the history lacks event " + scheduled);
    }
    return call;
  }
}
