package dev.lockstep.deploy.bench;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Estimate;
import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.definitions.plan.Undo;
import dev.lockstep.workflows.contract.Addressees;
import dev.lockstep.workflows.contract.Claim;
import dev.lockstep.workflows.contract.GateActivities;
import dev.lockstep.workflows.contract.LedgerActivities;
import dev.lockstep.workflows.contract.PlanActivities;
import dev.lockstep.workflows.contract.Preparation;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.Settlement;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.util.List;
import java.util.stream.IntStream;

/** Activities that answer at once, for a plan of questions. */
final class EngineHands {
  static final String NAME = "engine-bench";

  private EngineHands() {}

  /** What a worker registers for plans of that many steps. */
  static Object[] of(int steps) {
    return new Object[] {new Planning(steps), new NoLedger(), new Answers()};
  }

  private static Plan plan(int steps) {
    return new Plan(
        NAME,
        "bench",
        List.of(),
        IntStream.rangeClosed(1, steps).mapToObj(EngineHands::step).toList(),
        List.of(),
        Limits.DEFAULT,
        Migration.OnFailure.ROLLBACK);
  }

  private static PlannedStep step(int number) {
    return new PlannedStep(
        "expand/question-" + number,
        Phase.EXPAND,
        "Ask question " + number,
        new Action.Ask("question-" + number, "SELECT 1", "1"),
        Undo.nothing("a question leaves nothing behind"),
        Estimate.MOMENT,
        false,
        true);
  }

  private record Planning(int steps) implements PlanActivities {
    @Override
    public Prepared prepare(Preparation preparation) {
      Database database =
          new Database(
              "bench",
              Engine.POSTGRESQL,
              new Connection.Url("jdbc:postgresql://localhost/bench"),
              new Credentials.None(),
              List.of());
      return new Prepared(
          Prepared.State.PLANNED,
          new RunKey(NAME + "/1"),
          database,
          plan(steps),
          "0".repeat(64),
          "0".repeat(64),
          "");
    }

    @Override
    public Addressees findAddressees(Preparation preparation) {
      return new Addressees(List.of());
    }
  }

  private record NoLedger() implements LedgerActivities {
    @Override
    public StepOutcome claim(Claim claim) {
      return StepOutcome.done();
    }

    @Override
    public void beginUndo(StepScope scope) {
      throw new IllegalStateException("nothing is undone here");
    }

    @Override
    public List<String> compareSchema(StepScope scope) {
      return List.of();
    }

    @Override
    public void settle(Settlement settlement) {
      // Nothing was written.
    }
  }

  private record Answers() implements GateActivities {
    @Override
    public StepOutcome awaitOldClients(StepScope scope, Action.AwaitOldClients action) {
      return StepOutcome.done();
    }

    @Override
    public StepOutcome ask(StepScope scope, Action.Ask action) {
      return StepOutcome.done();
    }

    @Override
    public StepOutcome beforeTrial(StepScope scope, Action.BeforeTrial action) {
      return StepOutcome.done();
    }

    @Override
    public StepOutcome tryOut(StepScope scope, Action.Trial action) {
      return StepOutcome.done();
    }

    @Override
    public StepOutcome endTrial(StepScope scope, Action.Trial action) {
      return StepOutcome.done();
    }

    @Override
    public void forgetTrial(StepScope scope, Action.Trial action) {
      throw new IllegalStateException("no trial fails here");
    }
  }
}
