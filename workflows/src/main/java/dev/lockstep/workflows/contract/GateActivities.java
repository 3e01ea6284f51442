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

  /**
   * Counts, with heartbeat and {@link Progress}, how often transactions are rolled back, and waits
   * until every signal is good.
   */
  @ActivityMethod(name = "beforeTrial")
  StepOutcome beforeTrial(StepScope scope, Action.BeforeTrial action);

  /**
   * Watches, with heartbeat and {@link Progress}, whether clients fail; that they do is {@code
   * TRIAL_FAILED}. Called again, it goes on with the trial that it began. Figures {@code
   * rollbacksInTrial}, {@code durationMillis}.
   */
  @ActivityMethod(name = "tryOut")
  StepOutcome tryOut(StepScope scope, Action.Trial action);

  /** Notes that a person ended the trial: the next {@link #tryOut} answers at once. */
  @ActivityMethod(name = "endTrial")
  StepOutcome endTrial(StepScope scope, Action.Trial action);

  /** Forgets the trial and the count before it, so that both are made anew. */
  @ActivityMethod(name = "forgetTrial")
  void forgetTrial(StepScope scope, Action.Trial action);
}
