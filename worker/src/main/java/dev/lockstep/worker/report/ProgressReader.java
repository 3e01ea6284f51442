package dev.lockstep.worker.report;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.contract.Progress;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What long steps reported, from the signals of a history. */
final class ProgressReader {
  private final Map<String, List<Course.Sample>> samples = new LinkedHashMap<>();
  private final WaitReader waits = new WaitReader();
  private final MeasureReader measures = new MeasureReader();

  void read(List<HistoryEvent> events) {
    events.stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        .filter(
            event ->
                event
                    .getWorkflowExecutionSignaledEventAttributes()
                    .getSignalName()
                    .equals("progress"))
        .forEach(
            event ->
                Values.read(
                        Values.tree(
                            event.getWorkflowExecutionSignaledEventAttributes().getInput(), 0),
                        Progress.class)
                    .ifPresent(progress -> take(progress, Values.time(event))));
  }

  /**
   * Each step's reports.
   *
   * @param planned steps of the plan; empty: it is not known
   */
  List<Course.Trace> traces(List<PlannedStep> planned) {
    return samples.entrySet().stream()
        .map(
            entry ->
                new Course.Trace(
                    entry.getKey(), counted(entry.getKey(), planned), entry.getValue()))
        .toList();
  }

  /** Whether readings were told all the time. */
  boolean measured() {
    return measures.isComplete();
  }

  List<Course.Measure> measures() {
    return measures.all();
  }

  /**
   * Each reason with its time.
   *
   * @param steps which tell when nothing was waited for any more
   */
  List<Course.Wait> waits(List<Course.Step> steps) {
    return waits.all(steps);
  }

  private void take(Progress progress, Instant at) {
    if (progress.done() > 0 || progress.total() > 0) {
      samples
          .computeIfAbsent(progress.step(), step -> new ArrayList<>())
          .add(new Course.Sample(at, progress.done(), progress.total(), progress.perSecond()));
    }
    waits.take(progress, at);
    measures.take(progress, at);
  }

  private static Course.Counted counted(String step, List<PlannedStep> planned) {
    Optional<Action> action =
        planned.stream().filter(it -> it.id().equals(step)).map(PlannedStep::action).findFirst();
    if (action.isEmpty()) {
      return Course.Counted.PARTS;
    }
    Action known = action.get();
    if (known instanceof Action.Backfill || known instanceof Action.Verify) {
      return Course.Counted.ROWS;
    }
    return known instanceof Action.OfBackup copy ? copied(copy) : Course.Counted.PARTS;
  }

  private static Course.Counted copied(Action.OfBackup action) {
    return switch (action.step().getClass().getSimpleName()) {
      case "Take", "ReadBack", "Load" -> Course.Counted.BYTES;
      default -> Course.Counted.PARTS;
    };
  }
}
