package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Observation.Judgement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What stands against the steps of an explicit order that are not changes. */
record StepChecks(Checks checks) {
  void check() {
    for (int i = 0; i < checks.ground().migration().steps().size(); i++) {
      String path = "spec.steps[" + i + "].";
      Step step = checks.ground().migration().steps().get(i);
      if (step instanceof Step.RollOut rollOut) {
        RolloutSteps.check(checks, path + "rollout", rollOut.rollout());
      } else if (step instanceof Step.Backfill backfill) {
        backfill(i, path + "backfill", backfill);
      }
    }
  }

  private void backfill(int place, String path, Step.Backfill step) {
    TableName name = TableName.parse(step.table());
    Optional<Observation.Table> table =
        checks.ground().outline().creation(name).isPresent()
            ? TableShape.of(checks.ground(), name)
            : checks.changeable(path, name);
    if (table.isEmpty()) {
      return;
    }
    Fate fate = checks.ground().fate(name);
    if (table.orElseThrow().column(step.column()).isEmpty()
        && fate.fresh(step.column()).isEmpty()) {
      checks.unknownColumn(path + ".column", table.orElseThrow(), step.column());
      return;
    }
    ExpressionChecks expressions = new ExpressionChecks(checks, name, place);
    expressions.condition(path + ".set");
    expressions.condition(path + ".where");
    expressions.staying(path + ".column", List.of(step.column()));
    if (synchronised(name).contains(step.column())) {
      checks
          .findings()
          .add(
              path + ".column",
              Code.CHANGE_UNSUPPORTED,
              "column "
                  + step.column()
                  + " takes part in the synchronisation of this migration, which is silent for"
                  + " backfills: fill it by another migration, or by up");
    }
  }

  /** Columns that follow others or that others follow. */
  private Set<String> synchronised(TableName table) {
    Set<String> columns = new TreeSet<>();
    for (PlacedChange placed : checks.ground().outline().of(table)) {
      for (String side : new String[] {".up", ".down"}) {
        Optional<Judgement> judged = checks.ground().judged(placed.path() + side);
        judged.ifPresent(j -> columns.addAll(j.columns()));
      }
    }
    Fate fate = checks.ground().fate(table);
    columns.addAll(fate.gone());
    checks.ground().outline().of(table).stream()
        .filter(c -> checks.ground().judged(c.path() + ".up").isPresent())
        .forEach(
            c ->
                fate.fresh().stream()
                    .filter(f -> f.place() == c.place())
                    .forEach(f -> columns.add(f.name())));
    return columns;
  }
}
