package dev.lockstep.worker.report;

import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.contract.StepOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The steps of a history.
 *
 * <ol>
 *   <li>Where the run has a result, what it says of each step.
 *   <li>Else what the calls of the step came to; a step without calls that stands before one that
 *       began counts as done.
 * </ol>
 *
 * @param planned empty: the plan is not known
 */
record StepReader(List<PlannedStep> planned, List<Calls.Call> calls) {
  List<Course.Step> of(List<StepReport> reports) {
    return reports.stream().map(this::step).toList();
  }

  /** Without a result. */
  List<Course.Step> ofCalls() {
    int last = -1;
    for (int at = 0; at < planned.size(); at++) {
      last = of(planned.get(at).id()).isEmpty() ? last : at;
    }
    List<Course.Step> steps = new ArrayList<>();
    for (int at = 0; at < planned.size(); at++) {
      steps.add(step(guess(planned.get(at), at < last ? StepState.DONE : StepState.PENDING)));
    }
    return steps;
  }

  private Course.Step step(StepReport report) {
    return new Course.Step(
        report.id(),
        report.phase(),
        report.title(),
        report.state(),
        planned.stream()
            .filter(it -> it.id().equals(report.id()))
            .findFirst()
            .map(StepReader::plan),
        report.started(),
        report.ended(),
        report.figures(),
        of(report.id()).stream()
            .map(call -> new Course.Work(call.kind, call.started, call.ended(), call.attempts))
            .toList());
  }

  static Course.Planned plan(PlannedStep step) {
    return new Course.Planned(
        step.undo().sentence(), step.pointOfNoReturn(), step.estimate().duration());
  }

  private List<Calls.Call> of(String step) {
    return calls.stream().filter(call -> call.step.equals(step)).toList();
  }

  private StepReport guess(PlannedStep step, StepState otherwise) {
    List<Calls.Call> own = of(step.id());
    Optional<Calls.Call> last = own.stream().reduce((earlier, later) -> later);
    Optional<Instant> started =
        own.stream().map(call -> call.started).min(Comparator.naturalOrder());
    StepState state = last.map(StepReader::state).orElse(otherwise);
    return new StepReport(
        step.id(),
        step.phase(),
        step.sentence(),
        state,
        started,
        last.flatMap(Calls.Call::ended).filter(at -> state != StepState.PENDING),
        own.stream()
            .filter(call -> call.kind == Course.Work.Kind.ACT && call.end == Calls.End.DONE)
            .reduce((earlier, later) -> later)
            .map(StepReader::figures)
            .orElseGet(TreeMap::new));
  }

  private static StepState state(Calls.Call call) {
    boolean undo = call.kind == Course.Work.Kind.UNDO;
    return switch (call.end) {
      case OPEN -> StepState.RUNNING;
      case DONE -> undo ? StepState.UNDONE : StepState.DONE;
      case FAILED -> undo ? StepState.UNDO_FAILED : StepState.FAILED;
      case STOPPED -> StepState.PENDING;
    };
  }

  private static SortedMap<String, Long> figures(Calls.Call call) {
    return Values.read(call.result(), StepOutcome.class)
        .map(StepOutcome::figures)
        .orElseGet(TreeMap::new);
  }
}
