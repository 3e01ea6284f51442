package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.ContractPolicy.Approval;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Step;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the entries of an explicit order must keep. Changes among them are checked as changes. */
final class StepChecks {
  private static final String CONTRACT_GATE = "contract";
  private static final String TRIAL_GATE = "trial";

  private final Migration migration;
  private final List<Problem> problems;
  private final Set<String> gates = new LinkedHashSet<>();
  private final Set<String> questions = new LinkedHashSet<>();

  StepChecks(Migration migration, List<Problem> problems) {
    this.migration = migration;
    this.problems = problems;
  }

  void check() {
    for (int index = 0; index < migration.steps().size(); index++) {
      Step step = migration.steps().get(index);
      step.accept(new One("spec.steps[" + index + "]." + KindNames.of(step)));
    }
  }

  private void unique(Set<String> taken, String path, String name) {
    Labels.check(path, name, problems);
    if (!taken.add(name)) {
      problems.add(
          Problem.at(
              path, Code.NAME_TAKEN, "is `" + name + "`, which an earlier step has already"));
    }
  }

  /** Checks one step. Answers whether it is one of its own, not a change. */
  private final class One implements Step.Visitor<Boolean> {
    private final String path;

    private One(String path) {
      this.path = path;
    }

    @Override
    public Boolean apply(Step.Apply step) {
      return false;
    }

    @Override
    public Boolean rollOut(Step.RollOut step) {
      new RolloutChecks(problems).check(path, step.rollout());
      return true;
    }

    @Override
    public Boolean backfill(Step.Backfill step) {
      Identifiers identifiers = new Identifiers(problems);
      identifiers.table(path + ".table", step.table());
      identifiers.existing(path + ".column", step.column());
      step.lookup()
          .ifPresent(
              lookup -> new LookupChecks(path + ".lookup", problems).check(step.table(), lookup));
      return true;
    }

    @Override
    public Boolean verify(Step.Verify step) {
      unique(questions, path + ".name", step.name());
      return true;
    }

    @Override
    public Boolean approve(Step.Approve step) {
      unique(gates, path + ".gate", step.gate());
      boolean onTrial = migration.contract().trial().isPresent();
      if (step.gate().equals(CONTRACT_GATE)
          && (onTrial || migration.contract().approval() == Approval.REQUIRED)) {
        taken(step.gate(), onTrial ? "trial" : "approval");
      }
      if (step.gate().equals(TRIAL_GATE) && onTrial) {
        taken(step.gate(), "trial");
      }
      return true;
    }

    private void taken(String gate, String field) {
      problems.add(
          Problem.at(
              path + ".gate",
              Code.NAME_TAKEN,
              "is `%s`, which is a gate of spec.contract.%s; wanted another name"
                  .formatted(gate, field)));
    }

    @Override
    public Boolean wait(Step.Wait step) {
      new Ranges(problems)
          .check(path + ".duration", step.duration(), Duration.ofMillis(1), Duration.ofDays(30));
      return true;
    }
  }
}
