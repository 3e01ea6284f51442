package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.DefinitionChecks;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From a definition and what was observed to a plan.
 *
 * <ol>
 *   <li>Everything that stands against the definition is found, not only the first.
 *   <li>Each change's recipe adds what it needs; the sequence puts it in order.
 *   <li>Hazards are weighed by the live figures. One of level stop needs an allowance.
 * </ol>
 *
 * <p>Properties: the same inputs give the same plan; ids are unique; phases never go back; nothing
 * is destroyed before every comparison, proof, rollout and gate; every step before the point of no
 * return can be undone.
 */
public final class Planner {
  private Planner() {}

  /**
   * The plan, or every problem.
   *
   * @param observation answers {@link PlanQuestions#of}
   * @param rules find hazards; package {@code lint} has them
   */
  public static Planning plan(
      Migration migration, Observation observation, SqlDialect dialect, HazardRules rules) {
    Ground ground = Ground.of(migration, observation, dialect);
    Findings findings = new Findings();
    check(new Checks(ground, findings));
    allowances(migration, rules, findings);
    if (!findings.none()) {
      return new Planning(Optional.empty(), findings.all());
    }
    List<PlannedStep> steps = new Sequence(ground).steps();
    List<Hazard> hazards = allowed(migration, rules.find(scene(ground, steps)));
    hazards.stream()
        .filter(h -> h.level() == Hazard.Level.STOP && h.allowed().isEmpty())
        .forEach(
            h ->
                findings.add(
                    "spec.allow",
                    Code.HAZARD_NOT_ALLOWED,
                    h.code()
                        + ": "
                        + h.message()
                        + "; "
                        + h.fix()
                        + ", or allow it with a reason"));
    if (!findings.none()) {
      return new Planning(Optional.empty(), findings.all());
    }
    Plan plan =
        new Plan(
            migration.name(),
            migration.database(),
            PlanQuestions.of(migration).tables(),
            steps,
            hazards,
            migration.limits(),
            migration.onFailure(),
            migration.approvers());
    return new Planning(Optional.of(plan), List.of());
  }

  private static void check(Checks checks) {
    Ground ground = checks.ground();
    new ServerChecks(checks).check();
    DefinitionChecks.clashes(ground.migration()).forEach(checks.findings()::add);
    ground.outline().changes().forEach(c -> Recipes.of(ground, c).check(checks));
    new StepChecks(checks).check();
    for (int i = 0; i < ground.migration().rollouts().size(); i++) {
      RolloutSteps.check(checks, "spec.rollouts[" + i + "]", ground.migration().rollouts().get(i));
    }
  }

  private static void allowances(Migration migration, HazardRules rules, Findings findings) {
    for (int i = 0; i < migration.allow().size(); i++) {
      String code = migration.allow().get(i).code();
      if (!rules.codes().contains(code)) {
        findings.add(
            "spec.allow[" + i + "].code",
            Code.VALUE_WRONG,
            "no hazard has the code " + code + "; one of " + String.join(", ", rules.codes()));
      }
    }
  }

  private static Scene scene(Ground ground, List<PlannedStep> steps) {
    return new Scene(
        ground.migration(),
        ground.observation(),
        ground.outline().changes().stream()
            .map(c -> new Scene.Located(c.path(), c.change()))
            .toList(),
        steps);
  }

  private static List<Hazard> allowed(Migration migration, List<Hazard> hazards) {
    List<Hazard> answered = new ArrayList<>();
    for (Hazard hazard : hazards) {
      Optional<String> reason =
          migration.allow().stream()
              .filter(a -> a.code().equals(hazard.code()))
              .map(Migration.Allowance::reason)
              .findFirst();
      answered.add(
          new Hazard(hazard.code(), hazard.level(), hazard.message(), hazard.fix(), reason));
    }
    return answered;
  }
}
