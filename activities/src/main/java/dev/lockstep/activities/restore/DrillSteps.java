package dev.lockstep.activities.restore;

import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.StepReport.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a drill: those of the phases expand and migrate restore, those of the phase verify
 * ask.
 */
record DrillSteps(List<StepReport> steps) {
  /** What the plan's ids of checks begin with; the name of the check follows. */
  private static final String CHECK = "verify/check-";

  DrillSteps {
    steps = List.copyOf(steps);
  }

  /**
   * From the start of the first step that restores to the end of the last one that asks; empty
   * where one of them was not done.
   */
  Optional<Duration> recoveryTime() {
    List<StepReport> questions = steps.stream().filter(DrillSteps::asks).toList();
    boolean answered =
        !questions.isEmpty() && questions.stream().allMatch(step -> step.state() == StepState.DONE);
    Optional<Instant> from =
        steps.stream()
            .filter(step -> step.phase() == Phase.EXPAND || step.phase() == Phase.MIGRATE)
            .flatMap(step -> step.started().stream())
            .min(Comparator.naturalOrder());
    Optional<Instant> to = latestEnd(questions);
    return answered
        ? from.flatMap(begin -> to.map(end -> Duration.between(begin, end)))
        : Optional.empty();
  }

  /** When the last step ended. */
  Optional<Instant> end() {
    return latestEnd(steps);
  }

  /** What became of the checks of the definition. */
  List<Evidence.CheckResult> checks(Drill drill) {
    return drill.checks().stream()
        .map(
            check ->
                new Evidence.CheckResult(
                    check.name(),
                    steps.stream()
                        .filter(step -> step.id().equals(CHECK + check.name()))
                        .map(StepReport::state)
                        .findFirst()
                        .orElse(StepState.PENDING)))
        .toList();
  }

  private static boolean asks(StepReport step) {
    return step.phase() == Phase.VERIFY;
  }

  private static Optional<Instant> latestEnd(List<StepReport> of) {
    return of.stream().flatMap(step -> step.ended().stream()).max(Comparator.naturalOrder());
  }
}
