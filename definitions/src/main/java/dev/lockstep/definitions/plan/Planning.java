package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of planning.
 *
 * @param plan absent where there are problems
 * @param problems every one that was found
 */
public record Planning(Optional<Plan> plan, List<Problem> problems) {
  public Planning {
    problems = List.copyOf(problems);
  }
}
