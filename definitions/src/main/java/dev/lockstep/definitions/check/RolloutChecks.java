package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Rollout;
import java.time.Duration;
import java.util.List;

/** What a rollout must keep. */
record RolloutChecks(List<Problem> problems) {
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);

  void check(String path, Rollout rollout) {
    Workloads.check(path + ".workload", rollout.workload(), problems);
    String containers = path + ".containers";
    if (rollout.images().isEmpty()) {
      problems.add(
          Problem.at(containers, Code.VALUE_WRONG, "is empty; wanted a container and its image"));
    }
    for (String container : rollout.images().keySet()) {
      Labels.check(containers + "." + container, container, problems);
    }
    rollout
        .deadline()
        .ifPresent(
            deadline ->
                new Ranges(problems)
                    .check(path + ".deadline", deadline, Duration.ofSeconds(1), LONGEST_DEADLINE));
  }
}
