package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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
    Optional<Observation.Table> table = checks.usable(path, place, name);
    if (table.isEmpty()) {
      return;
    }
    if (checks.ground().outline().drops(name)) {
      checks
          .findings()
          .add(path, Code.CHANGES_CLASH, "table " + name + " is dropped by this migration");
    }
    Fate fate = checks.ground().fate(name);
    if (table.orElseThrow().column(step.column()).isEmpty()
        && fate.fresh(step.column()).isEmpty()) {
      checks.unknownColumn(path + ".column", table.orElseThrow(), step.column());
      return;
    }
    if (table.orElseThrow().column(step.column()).filter(TableColumn::generated).isPresent()) {
      checks
          .findings()
          .add(
              path + ".column",
              Code.CHANGE_UNSUPPORTED,
              "column " + step.column() + " is generated: its value cannot be set");
    }
    new PartitionChecks(checks, path + ".column").notFilled(table.orElseThrow(), step.column());
    ExpressionChecks expressions = new ExpressionChecks(checks, name, place);
    step.set().ifPresent(set -> expressions.condition(path + ".set"));
    step.lookup()
        .ifPresent(
            lookup ->
                new LookupChecks(checks, path + ".lookup", lookup).ofBackfill(table.orElseThrow()));
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
    Fate fate = checks.ground().fate(table);
    Set<String> columns = new TreeSet<>(fate.gone());
    for (PlacedChange placed : checks.ground().outline().of(table)) {
      List<Judgement> used = expressions(placed, fate);
      used.forEach(j -> columns.addAll(j.columns()));
      fate.fresh().stream()
          .filter(f -> f.place() == placed.place())
          .filter(f -> !used.isEmpty() || placed.change() instanceof Change.RenameColumn)
          .forEach(f -> columns.add(f.name()));
      if (placed.change() instanceof Change.AddColumn add && add.lookup().isPresent()) {
        columns.add(add.column().name());
        columns.addAll(add.lookup().orElseThrow().match().keySet());
      }
    }
    return columns;
  }

  /** The expressions of the change; an alteration without a second column uses none. */
  private List<Judgement> expressions(PlacedChange placed, Fate fate) {
    boolean unused =
        placed.change() instanceof Change.AlterColumn alter
            && !fate.gone().contains(alter.column());
    return Stream.of(".up", ".down")
        .filter(side -> !unused)
        .flatMap(side -> checks.ground().judged(placed.path() + side).stream())
        .toList();
  }
}
