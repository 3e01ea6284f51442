package dev.lockstep.workflows.fakes;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.Addressees;
import dev.lockstep.workflows.contract.Claim;
import dev.lockstep.workflows.contract.Delivery;
import dev.lockstep.workflows.contract.GateActivities;
import dev.lockstep.workflows.contract.LedgerActivities;
import dev.lockstep.workflows.contract.NoticeActivities;
import dev.lockstep.workflows.contract.PlanActivities;
import dev.lockstep.workflows.contract.Preparation;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.contract.RowActivities;
import dev.lockstep.workflows.contract.SchemaActivities;
import dev.lockstep.workflows.contract.Settlement;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.contract.WorkloadActivities;
import java.time.Instant;
import java.util.List;

/**
 * Every activity, doing nothing but what the {@link Script} says, and remembering each call as
 * {@code activity step}.
 */
public final class FakeHands
    implements PlanActivities,
        LedgerActivities,
        SchemaActivities,
        RowActivities,
        GateActivities,
        WorkloadActivities,
        NoticeActivities {
  private final Script script;

  public FakeHands(Script script) {
    this.script = script;
  }

  @Override
  public Prepared prepare(Preparation preparation) {
    script.play("prepare", "");
    return script.prepared();
  }

  @Override
  public Addressees findAddressees(Preparation preparation) {
    script.play("findAddressees", "");
    return new Addressees(script.prepared().notifications());
  }

  @Override
  public StepOutcome claim(Claim claim) {
    return script.play("claim", claim.scope());
  }

  @Override
  public void beginUndo(StepScope scope) {
    script.play("beginUndo", "");
  }

  @Override
  public List<String> compareSchema(StepScope scope) {
    script.play("compareSchema", "");
    return script.differences();
  }

  @Override
  public void settle(Settlement settlement) {
    script.play("settle", settlement.state().name());
  }

  @Override
  public StepOutcome applyStatements(StepScope scope, Action.Statements action) {
    return script.play("applyStatements", scope);
  }

  @Override
  public StepOutcome undoStatements(StepScope scope, Action.Statements action) {
    return script.play("undoStatements", scope);
  }

  @Override
  public StepOutcome validateConstraint(StepScope scope, Action.Validate action) {
    return script.play("validateConstraint", scope);
  }

  @Override
  public StepOutcome buildIndex(StepScope scope, Action.BuildIndex action) {
    return script.play("buildIndex", scope);
  }

  @Override
  public StepOutcome removeIndex(StepScope scope, Action.RemoveIndex action) {
    return script.play("removeIndex", scope);
  }

  @Override
  public StepOutcome undoRemoveIndex(StepScope scope, Action.BuildIndex action) {
    return script.play("undoRemoveIndex", scope);
  }

  @Override
  public StepOutcome undoBuildIndex(StepScope scope, Action.RemoveIndex action) {
    return script.play("undoBuildIndex", scope);
  }

  @Override
  public StepOutcome backfill(StepScope scope, Action.Backfill action) {
    return script.play("backfill", scope);
  }

  @Override
  public StepOutcome verify(StepScope scope, Action.Verify action) {
    return script.play("verify", scope);
  }

  @Override
  public StepOutcome verifyAgain(StepScope scope, Action.Verify action, Instant begun) {
    return script.play("verifyAgain", scope, begun);
  }

  @Override
  public StepOutcome awaitOldClients(StepScope scope, Action.AwaitOldClients action) {
    return script.play("awaitOldClients", scope);
  }

  @Override
  public StepOutcome ask(StepScope scope, Action.Ask action) {
    return script.play("ask", scope);
  }

  @Override
  public StepOutcome beforeTrial(StepScope scope, Action.BeforeTrial action) {
    return script.play("beforeTrial", scope);
  }

  @Override
  public StepOutcome tryOut(StepScope scope, Action.Trial action) {
    return script.play("tryOut", scope);
  }

  @Override
  public StepOutcome endTrial(StepScope scope, Action.Trial action) {
    return script.play("endTrial", scope);
  }

  @Override
  public void forgetTrial(StepScope scope, Action.Trial action) {
    script.play("forgetTrial", scope);
  }

  @Override
  public void deliver(Delivery delivery) {
    script.play("deliver", delivery.notification().name() + " " + delivery.notice().event().name());
  }

  @Override
  public StepOutcome rollOut(StepScope scope, Action.RollOut action) {
    return script.play("rollOut", scope);
  }

  @Override
  public StepOutcome rollBack(StepScope scope, Action.RollBack action) {
    return script.play("rollBack", scope);
  }
}
