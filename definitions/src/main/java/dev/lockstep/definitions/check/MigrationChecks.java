package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a migration's spec must keep. */
record MigrationChecks(Migration migration, List<Problem> problems) {
  private static final Pattern HAZARD_CODE = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final Duration LONGEST_REVERT_WINDOW = Duration.ofDays(365);

  void check() {
    content();
    List<PlacedChange> changes = PlacedChange.of(migration);
    for (PlacedChange placed : changes) {
      placed.change().accept(new ChangeChecks(placed, problems));
    }
    new Clashes(problems).check(changes);
    new StepChecks(migration, problems).check();
    rollouts();
    limits();
    oldClients();
    migration.contract().trial().ifPresent(new TrialChecks(problems)::check);
    migration.approvers().ifPresent(new ApproverChecks(migration, problems)::check);
    allowances();
  }

  private void content() {
    if (migration.changes().isEmpty() == migration.steps().isEmpty()) {
      String given = migration.changes().isEmpty() ? "neither" : "both";
      problems.add(
          Problem.at(
              "spec", Code.CHOICE_WRONG, "gives " + given + "; wanted either changes or steps"));
    }
    if (!migration.steps().isEmpty() && !migration.rollouts().isEmpty()) {
      problems.add(
          Problem.at(
              "spec.rollouts",
              Code.CHOICE_WRONG,
              "stands beside steps; wanted each rollout as a step in its place"));
    }
  }

  private void rollouts() {
    Map<String, String> images = new LinkedHashMap<>();
    RolloutChecks checks = new RolloutChecks(problems);
    for (int index = 0; index < migration.rollouts().size(); index++) {
      Rollout rollout = migration.rollouts().get(index);
      String path = "spec.rollouts[" + index + "]";
      checks.check(path, rollout);
      for (String container : rollout.images().keySet()) {
        String place = rollout.after() + " " + rollout.workload() + " " + container;
        String first = images.putIfAbsent(place, path);
        if (first != null) {
          problems.add(
              Problem.at(
                  path + ".containers." + container,
                  Code.CHANGES_CLASH,
                  "gets an image here and in " + first + " at the same point"));
        }
      }
    }
  }

  private void limits() {
    for (Problem problem : LimitChecks.check(migration.limits())) {
      problems.add(Problem.at("spec.limits." + problem.path(), problem.code(), problem.message()));
    }
    new Ranges(problems)
        .check(
            "spec.contract.revertWindow",
            migration.contract().revertWindow(),
            Duration.ZERO,
            LONGEST_REVERT_WINDOW);
  }

  private void oldClients() {
    String path = "spec.contract.oldClients";
    LikePatterns patterns = new LikePatterns(problems);
    ContractPolicy policy = migration.contract();
    policy
        .oldApplicationName()
        .ifPresent(pattern -> patterns.check(path + ".applicationName", pattern));
    policy.oldUser().ifPresent(pattern -> patterns.check(path + ".user", pattern));
    boolean rollsOut =
        !migration.rollouts().isEmpty()
            || migration.steps().stream().anyMatch(Step.RollOut.class::isInstance);
    if (policy.oldConnectedBefore().isPresent() && !rollsOut) {
      problems.add(
          Problem.at(
              path + ".connectedBefore",
              Code.CHOICE_WRONG,
              "speaks of a rollout, and the migration has none; wanted a rollout, or"
                  + " applicationName or user instead"));
    }
  }

  private void allowances() {
    Set<String> codes = new LinkedHashSet<>();
    for (int index = 0; index < migration.allow().size(); index++) {
      String code = migration.allow().get(index).code();
      String path = "spec.allow[" + index + "].code";
      if (!HAZARD_CODE.matcher(code).matches()) {
        problems.add(
            Problem.at(
                path,
                Code.VALUE_WRONG,
                "is `" + code + "`; wanted a code as the plan shows it, such as TABLE_REWRITTEN"));
      }
      if (!codes.add(code)) {
        problems.add(Problem.at(path, Code.NAME_TAKEN, "is `" + code + "`, which is listed twice"));
      }
    }
  }
}
