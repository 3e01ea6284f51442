package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Quiesce;
import dev.lockstep.definitions.model.WorkloadReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is said of what stands still. */
record QuiesceChecks(List<Problem> problems) {
  private static final String AT = "spec.quiesce";
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Pods may take an hour to end; nothing that stands still for longer is stopped for a backup. */
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  private static final Duration LONGEST = Duration.ofDays(7);

  void check(Quiesce quiesce) {
    if (quiesce.scale().isEmpty() && quiesce.exec().isEmpty()) {
      problems.add(
          Problem.at(
              AT, Code.CHOICE_WRONG, "lets nothing stand still; wanted scale, exec or both"));
    }
    Set<WorkloadReference> seen = new HashSet<>();
    for (int i = 0; i < quiesce.scale().size(); i++) {
      WorkloadReference workload = quiesce.scale().get(i);
      String path = AT + ".scale[" + i + "]";
      Workloads.check(path, workload, problems);
      if (!seen.add(workload)) {
        problems.add(
            Problem.at(path, Code.VALUE_WRONG, "is " + workload + ", which stands before it too"));
      }
    }
    quiesce.exec().ifPresent(this::check);
    Ranges ranges = new Ranges(problems);
    ranges.check(AT + ".timeout", quiesce.timeout(), SHORTEST, LONGEST_TIMEOUT);
    ranges.check(AT + ".atMost", quiesce.atMost(), SHORTEST, LONGEST);
  }

  private void check(Quiesce.Exec exec) {
    String pod = AT + ".exec.pod";
    Labels.check(pod + ".namespace", exec.pod().namespace(), problems);
    Labels.check(pod + ".statefulSet", exec.pod().statefulSet(), problems);
    exec.pod().container().ifPresent(name -> Labels.check(pod + ".container", name, problems));
  }
}
