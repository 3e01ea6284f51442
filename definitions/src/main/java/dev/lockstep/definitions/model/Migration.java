package dev.lockstep.definitions.model;

import java.util.List;
import java.util.Optional;

/**
 * Changes to one database and the rollouts that go with them. Either {@code changes} (with {@code
 * rollouts}) or {@code steps} is given, never both.
 *
 * @param database the {@link Database#name()} it works on
 * @param changes what shall differ; Lockstep decides the order of the steps
 * @param steps an explicit order, for sequences that Lockstep cannot know
 * @param allow hazards that the author accepts
 * @param restorePoint a backup to have before anything changes
 * @param approvers who may pass its gates; absent: anybody
 */
public record Migration(
    String name,
    String database,
    List<Change> changes,
    List<Step> steps,
    List<Rollout> rollouts,
    ContractPolicy contract,
    Limits limits,
    OnFailure onFailure,
    List<Allowance> allow,
    Optional<RestorePoint> restorePoint,
    Optional<Approvers> approvers)
    implements Definition {
  public Migration {
    changes = List.copyOf(changes);
    steps = List.copyOf(steps);
    rollouts = List.copyOf(rollouts);
    allow = List.copyOf(allow);
  }

  /** Without a restore point, its gates open to anybody. */
  public Migration(
      String name,
      String database,
      List<Change> changes,
      List<Step> steps,
      List<Rollout> rollouts,
      ContractPolicy contract,
      Limits limits,
      OnFailure onFailure,
      List<Allowance> allow) {
    this(
        name,
        database,
        changes,
        steps,
        rollouts,
        contract,
        limits,
        onFailure,
        allow,
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.migration(this);
  }

  /** What a run does when a step fails before the point of no return. After it, it always holds. */
  public enum OnFailure {
    /** Undoes every step, newest first. */
    ROLLBACK,
    /** Stops and waits for {@code retry}, {@code skip} or {@code abort}. */
    HOLD
  }

  /**
   * A hazard that is accepted.
   *
   * @param code of the hazard, as the plan shows it
   * @param reason why it is acceptable here; shown in the plan
   */
  public record Allowance(String code, String reason) {}
}
