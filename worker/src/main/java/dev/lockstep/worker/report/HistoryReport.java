package dev.lockstep.worker.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.contract.CopyRun;
import dev.lockstep.workflows.contract.Prepared;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what a service has recorded of a run. */
public final class HistoryReport {
  private final Calls calls = new Calls();
  private final ProgressReader progress = new ProgressReader();
  private final DecisionReader decisions = new DecisionReader();
  private final EndReader end = new EndReader();
  private final Optional<Prepared> prepared;
  private final String workflowId;
  private final String kind;
  private final Instant started;

  private HistoryReport(String workflowId, List<List<HistoryEvent>> histories) {
    for (List<HistoryEvent> events : histories) {
      calls.read(events);
      progress.read(events);
      decisions.read(events);
      end.read(events);
    }
    HistoryEvent first = histories.get(0).get(0);
    this.workflowId = workflowId;
    this.kind = first.getWorkflowExecutionStartedEventAttributes().getWorkflowType().getName();
    this.started = Values.time(first);
    this.prepared = prepared(calls.all(), histories);
  }

  /**
   * The report.
   *
   * @param histories of one run, oldest first: a long run goes on in a new one
   */
  public static RunReport of(String workflowId, List<List<HistoryEvent>> histories) {
    return new HistoryReport(workflowId, histories).report();
  }

  /** What a backup, a restore or a drill is about; absent: a migration, or that is not known. */
  public static Optional<CopyRun> copy(List<List<HistoryEvent>> histories) {
    Calls calls = new Calls();
    histories.forEach(calls::read);
    return prepared(calls.all(), histories).flatMap(Prepared::copy);
  }

  private RunReport report() {
    RunReport report = new RunReport(head(), course(), Copies.NONE, List.of());
    if (prepared.isEmpty() && !calls.all().isEmpty() && end.failure().isEmpty()) {
      report = report.without("the plan: it is not made yet, or another version made it");
    }
    if (end.outcome().isEmpty() && prepared.isPresent()) {
      report =
          report.without(
              "the run has given no result: the states of its steps are told from their calls");
    }
    return progress.measured()
        ? report
        : report.without(
            "batch sizes, commit latency and lag over time: a history holds them only where they"
                + " were a reason to wait");
  }

  private Head head() {
    return new Head(
        kind,
        workflowId.substring(workflowId.indexOf('/') + 1),
        prepared.map(it -> it.run().id()),
        Optional.of(workflowId),
        Head.Source.HISTORY,
        end.state(),
        end.phase(),
        end.message(),
        Optional.of(started),
        end.ended(),
        prepared.map(it -> it.database().name()),
        prepared.map(Prepared::definitionHash),
        prepared.map(Prepared::planHash));
  }

  private Course course() {
    List<PlannedStep> planned = prepared.map(it -> it.plan().steps()).orElse(List.of());
    StepReader reader = new StepReader(planned, calls.all());
    List<Course.Step> steps =
        end.outcome().map(RunOutcome::steps).map(reader::of).orElseGet(reader::ofCalls);
    return new Course(
        steps,
        progress.traces(planned),
        progress.measures(),
        end.stands(),
        progress.waits(steps),
        FaultReader.of(
            calls.all(), end.outcome().flatMap(RunOutcome::fault).or(() -> end.failure())),
        end.outcome().map(RunOutcome::undoFailures).orElse(List.of()),
        decisions.all(),
        end.outcome().map(RunOutcome::figures).orElseGet(() -> Course.sums(steps)),
        prepared.map(it -> it.plan().hazards()).orElse(List.of()));
  }

  /** Of the last planning, else what a run took along into a new history. */
  private static Optional<Prepared> prepared(
      List<Calls.Call> calls, List<List<HistoryEvent>> histories) {
    Optional<Prepared> made =
        calls.stream()
            .filter(call -> call.type.equals("prepare"))
            .flatMap(call -> Values.read(call.result(), Prepared.class).stream())
            .reduce((earlier, later) -> later);
    return made.or(() -> Values.read(carried(histories.get(0).get(0)), Prepared.class));
  }

  private static JsonNode carried(HistoryEvent first) {
    WorkflowExecutionStartedEventAttributes event =
        first.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED
            ? first.getWorkflowExecutionStartedEventAttributes()
            : WorkflowExecutionStartedEventAttributes.getDefaultInstance();
    return Values.tree(event.getInput(), 0).path("continued").path("prepared");
  }
}
