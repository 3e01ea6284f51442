package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Approvers;
import dev.lockstep.definitions.model.ContractPolicy.Approval;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** That the people who may pass a gate can pass it, and that there is one. */
public final class ApproverChecks {
  /** More would never meet. */
  public static final int MOST_PEOPLE = 10;

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final String PATH = "spec.approvers";

  private final Migration migration;
  private final List<Problem> problems;

  ApproverChecks(Migration migration, List<Problem> problems) {
    this.migration = migration;
    this.problems = problems;
  }

  void check(Approvers approvers) {
    if (!hasGate()) {
      problems.add(
          Problem.at(
              PATH,
              Code.CHOICE_WRONG,
              "stands in a migration without a gate; wanted contract.approval: required,"
                  + " contract.trial or a step approve"));
    }
    if (approvers.count() < 1 || approvers.count() > MOST_PEOPLE) {
      problems.add(
          Problem.at(
              PATH + ".count",
              Code.VALUE_WRONG,
              "is " + approvers.count() + "; wanted 1 to " + MOST_PEOPLE));
    }
    Set<String> seen = new HashSet<>();
    for (int index = 0; index < approvers.names().size(); index++) {
      String name = approvers.names().get(index);
      String path = PATH + ".names[" + index + "]";
      if (name.isBlank() || !name.equals(name.strip())) {
        problems.add(
            Problem.at(
                path,
                Code.VALUE_WRONG,
                "is `" + name + "`; wanted a name without space around it"));
      } else if (!seen.add(name)) {
        problems.add(
            Problem.at(path, Code.NAME_TAKEN, "is `" + name + "` again; wanted each name once"));
      }
    }
    int names = approvers.names().size();
    if (names > 0 && approvers.count() > names) {
      problems.add(
          Problem.at(
              PATH + ".count",
              Code.VALUE_WRONG,
              "is " + approvers.count() + ", more than the names; wanted 1 to " + names));
    }
    approvers
        .validFor()
        .ifPresent(time -> new Ranges(problems).check(PATH + ".validFor", time, SHORTEST, LONGEST));
  }

  private boolean hasGate() {
    return migration.contract().approval() == Approval.REQUIRED
        || migration.contract().trial().isPresent()
        || migration.steps().stream().anyMatch(Step.Approve.class::isInstance);
  }
}
