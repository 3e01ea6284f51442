package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;

/** The steps that have to be undone, recorded before each of them acts. */
final class UndoLog {
  private final List<PlannedStep> steps = new ArrayList<>();

  /** Takes a step up, unless it is there or has no undo. */
  void record(PlannedStep step) {
    if (step.undo().action().isPresent() && !steps.contains(step)) {
      steps.add(step);
    }
  }

  /** The steps in the order of their undo: newest first. */
  List<PlannedStep> newestFirst() {
    List<PlannedStep> reversed = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      reversed.add(steps.get(i));
    }
    return reversed;
  }

  /** Ids of the steps, oldest first. */
  List<String> ids() {
    return steps.stream().map(PlannedStep::id).toList();
  }
}
