package dev.lockstep.definitions.plan;

/**
 * Whether a held run may go on without a step.
 *
 * <p>Only steps that change nothing and prove nothing about rows: a person may know better than a
 * question, a wait or a pattern of names. An index that stays costs space alone. Everything else is
 * what a later step relies on; an approval is not skipped but given, and a trial is ended by one.
 */
final class Skippable implements Action.Visitor<Boolean> {
  @Override
  public Boolean claim(Action.Claim action) {
    return false;
  }

  @Override
  public Boolean statements(Action.Statements action) {
    return false;
  }

  @Override
  public Boolean validate(Action.Validate action) {
    return false;
  }

  @Override
  public Boolean buildIndex(Action.BuildIndex action) {
    return false;
  }

  @Override
  public Boolean removeIndex(Action.RemoveIndex action) {
    return true;
  }

  @Override
  public Boolean backfill(Action.Backfill action) {
    return false;
  }

  @Override
  public Boolean verify(Action.Verify action) {
    return false;
  }

  @Override
  public Boolean ask(Action.Ask action) {
    return true;
  }

  @Override
  public Boolean awaitOldClients(Action.AwaitOldClients action) {
    return true;
  }

  @Override
  public Boolean approve(Action.Approve action) {
    return false;
  }

  @Override
  public Boolean beforeTrial(Action.BeforeTrial action) {
    return false;
  }

  @Override
  public Boolean trial(Action.Trial action) {
    return false;
  }

  @Override
  public Boolean pause(Action.Pause action) {
    return true;
  }

  @Override
  public Boolean rollOut(Action.RollOut action) {
    return false;
  }

  @Override
  public Boolean rollBack(Action.RollBack action) {
    return false;
  }

  /**
   * Pruning is done again by the next backup; whatever else is left out leaves something unproven.
   */
  @Override
  public Boolean ofBackup(Action.OfBackup action) {
    return action.step() instanceof BackupStep.Prune;
  }
}
