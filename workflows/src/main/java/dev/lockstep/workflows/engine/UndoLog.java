package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.PlannedStep;
import java.util.ArrayList;
import java.util.Collections;
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

  /**
   * The steps in the order of their undo: newest first. But what stands still goes on before
   * everything else is undone, which may wait for hours for a store.
   */
  List<PlannedStep> newestFirst() {
    List<PlannedStep> reversed = new ArrayList<>(steps);
    Collections.reverse(reversed);
    List<PlannedStep> ordered = new ArrayList<>(reversed.stream().filter(UndoLog::thaws).toList());
    reversed.stream().filter(step -> !thaws(step)).forEach(ordered::add);
    return ordered;
  }

  private static boolean thaws(PlannedStep step) {
    return step.undo().action().filter(Standstill::endsBy).isPresent();
  }

  /** Ids of the steps, oldest first. */
  List<String> ids() {
    return steps.stream().map(PlannedStep::id).toList();
  }
}
