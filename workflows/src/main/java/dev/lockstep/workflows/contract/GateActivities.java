package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.plan.Action;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Questions whose answer decides whether a run goes on. */
@ActivityInterface
public interface GateActivities {
  /** Waits, with heartbeat and {@link Progress}, until no old client is connected. */
  @ActivityMethod(name = "awaitOldClients")
  StepOutcome awaitOldClients(StepScope scope, Action.AwaitOldClients action);

  /** Asks one value; another one than expected is {@code ANSWER_UNEXPECTED}. */
  @ActivityMethod(name = "ask")
  StepOutcome ask(StepScope scope, Action.Ask action);
}
