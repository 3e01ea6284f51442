package dev.lockstep.worker.report;

import dev.lockstep.activities.ledger.RunFacts;
import dev.lockstep.activities.ledger.StepRecord;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.workflows.api.StepReport.StepState;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The steps of a plan as the ledger knows them. It has none of those that change nothing, such as a
 * wait: one of them counts as done where a later step began.
 *
 * @param known steps that began
 * @param walked rows of each step and of its parts
 */
record LedgerSteps(List<RunFacts.PastStep> known, List<RunFacts.Walked> walked) {
  List<Course.Step> of(List<PlannedStep> planned) {
    int last = -1;
    for (int at = 0; at < planned.size(); at++) {
      last = find(planned.get(at)).isPresent() ? at : last;
    }
    int began = last;
    return planned.stream()
        .map(step -> step(step, planned.indexOf(step) < began ? StepState.DONE : StepState.PENDING))
        .toList();
  }

  private Optional<RunFacts.PastStep> find(PlannedStep step) {
    return known.stream().filter(it -> it.id().equals(step.id())).findFirst();
  }

  private Course.Step step(PlannedStep step, StepState otherwise) {
    Optional<RunFacts.PastStep> found = find(step);
    return new Course.Step(
        step.id(),
        step.phase(),
        step.sentence(),
        found.map(it -> state(it.state())).orElse(otherwise),
        Optional.of(StepReader.plan(step)),
        found.map(RunFacts.PastStep::started),
        found.flatMap(RunFacts.PastStep::ended),
        figures(step, found),
        List.of());
  }

  /** Begun and neither done nor undone: whether somebody is at it now, the ledger cannot say. */
  private static StepState state(StepRecord.State state) {
    return switch (state) {
      case STARTED -> StepState.RUNNING;
      case DONE -> StepState.DONE;
      case UNDONE -> StepState.UNDONE;
    };
  }

  private SortedMap<String, Long> figures(PlannedStep step, Optional<RunFacts.PastStep> found) {
    SortedMap<String, Long> figures =
        new TreeMap<>(found.map(RunFacts.PastStep::figures).orElseGet(TreeMap::new));
    for (RunFacts.Walked part : walked) {
      boolean own = part.step().equals(step.id()) || part.step().startsWith(step.id() + "/");
      if (own && found.filter(it -> it.figures().isEmpty()).isPresent()) {
        figures.merge("rows", part.rows(), Long::sum);
        figures.merge("batches", part.batches(), Long::sum);
      }
    }
    return figures;
  }
}
