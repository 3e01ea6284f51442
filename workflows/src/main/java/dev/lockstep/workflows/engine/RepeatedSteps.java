package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.api.StepReport.StepState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which verifications of a plan can be repeated, and until when. */
final class RepeatedSteps {
  private final RunBook book;

  RepeatedSteps(RunBook book) {
    this.book = book;
  }

  /**
   * The last verification of each table before a step: a later one compares what the earlier ones
   * did too. None where contract began, since then the columns have other names.
   */
  List<PlannedStep> before(PlannedStep step) {
    List<PlannedStep> all = book.plan().steps();
    if (contractBegan(all)) {
      return List.of();
    }
    Map<TableName, PlannedStep> last = new LinkedHashMap<>();
    for (PlannedStep earlier : all.subList(0, all.indexOf(step))) {
      if (earlier.action() instanceof Action.Verify verify) {
        last.put(verify.table(), earlier);
      }
    }
    return last.values().stream()
        .filter(one -> book.steps.state(one.id()) != StepState.SKIPPED)
        .toList();
  }

  /**
   * Whether nothing of contract or after it comes before the step, which itself is of it, or counts
   * what is usual before it.
   */
  boolean opensContract(PlannedStep step) {
    return book.plan().steps().stream()
        .filter(any -> any.action() instanceof Action.BeforeTrial || ofContract(any))
        .findFirst()
        .filter(step::equals)
        .isPresent();
  }

  private boolean contractBegan(List<PlannedStep> all) {
    return all.stream()
        .filter(RepeatedSteps::ofContract)
        .map(PlannedStep::id)
        .anyMatch(id -> book.steps.began(id) || book.preparedOrThrow().begun().contains(id));
  }

  /** A trial by itself changes no name: after one that failed, all are what they were before. */
  private static boolean ofContract(PlannedStep step) {
    return step.phase().compareTo(Phase.CONTRACT) >= 0 && !(step.action() instanceof Action.Trial);
  }
}
