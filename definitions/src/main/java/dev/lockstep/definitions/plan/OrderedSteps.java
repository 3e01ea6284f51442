package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.plan.Action.Assignment;
import java.util.List;
import java.util.function.Consumer;

/** Steps in the order that the author gave. */
final class OrderedSteps {
  private final Ground ground;
  private final StepList steps;
  private final Consumer<List<PlacedChange>> batch;

  OrderedSteps(Ground ground, StepList steps, Consumer<List<PlacedChange>> batch) {
    this.ground = ground;
    this.steps = steps;
    this.batch = batch;
  }

  /** What does the step with that index. */
  Step.Visitor<Boolean> at(int place) {
    return new At(place);
  }

  private final class At implements Step.Visitor<Boolean> {
    private final int place;

    private At(int place) {
      this.place = place;
    }

    @Override
    public Boolean apply(Step.Apply step) {
      batch.accept(ground.outline().changes().stream().filter(c -> c.place() == place).toList());
      return true;
    }

    @Override
    public Boolean rollOut(Step.RollOut step) {
      new RolloutSteps(ground, steps).add(Phase.EXPAND, step.rollout());
      return true;
    }

    @Override
    public Boolean backfill(Step.Backfill step) {
      TableName table = TableName.parse(step.table());
      Observation.Table observed = TableShape.of(ground, table).orElseThrow();
      String path = "spec.steps[" + place + "].backfill";
      Action.Backfill backfill =
          new Action.Backfill(
              table,
              observed.key(),
              List.of(new Assignment(step.column(), value(path, table, step))),
              ground.qualified(path + ".where", step.where()),
              Estimates.rows(observed));
      steps.add(
          Phase.MIGRATE,
          table + "-backfill-" + step.column(),
          Work.of(
                  "fills " + step.column() + " where " + step.where() + " in " + table,
                  backfill,
                  Undo.nothing("values of before are not kept"))
              .costing(Estimates.backfill(observed, ground.migration().limits())));
      return true;
    }

    private String value(String path, TableName table, Step.Backfill step) {
      return step.lookup()
          .map(lookup -> new Lookups(ground, path + ".lookup", lookup))
          .map(l -> ground.dialect().over(l.derived(table, step.column(), type(table, step))))
          .orElseGet(() -> ground.qualified(path + ".set", step.set().orElseThrow()));
    }

    private String type(TableName table, Step.Backfill step) {
      return TableShape.of(ground, table)
          .flatMap(t -> t.column(step.column()))
          .map(Observation.TableColumn::type)
          .or(() -> GivenColumns.typeOf(ground.outline(), table, step.column()))
          .orElse("");
    }

    @Override
    public Boolean verify(Step.Verify step) {
      add(
          Phase.EXPAND,
          "ask-" + step.name(),
          Work.of(
              "expects " + step.expect() + " of " + step.name(),
              new Action.Ask(step.name(), step.query(), step.expect()),
              Undo.nothing("asking changes nothing")));
      return true;
    }

    @Override
    public Boolean approve(Step.Approve step) {
      add(
          Phase.EXPAND,
          "approve-" + step.gate(),
          Work.of(
              "waits for approve with gate " + step.gate(),
              new Action.Approve(step.gate()),
              Undo.nothing("an approval changes nothing")));
      return true;
    }

    @Override
    public Boolean wait(Step.Wait step) {
      add(
          Phase.EXPAND,
          "wait",
          Work.of(
              "waits " + step.duration(),
              new Action.Pause(step.duration()),
              Undo.nothing("waiting changes nothing")));
      return true;
    }

    private void add(Phase phase, String what, Work work) {
      steps.add(phase, what, work);
    }
  }
}
