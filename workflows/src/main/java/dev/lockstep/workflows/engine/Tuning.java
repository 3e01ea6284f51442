package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.api.Control;
import java.util.Optional;
import java.util.stream.Stream;

/** From the limits in force and what a person wants changed to the new limits. */
final class Tuning {
  private Tuning() {}

  /** Whether nothing is to be changed. */
  static boolean isEmpty(Control.Tune tune) {
    return Stream.of(
            tune.lockTimeout(),
            tune.batchDuration(),
            tune.maxRowsPerSecond(),
            tune.maxReplicaLag(),
            tune.parallelism(),
            tune.maxArchiveBacklog(),
            tune.maxWalRate(),
            tune.maxCommitLatency(),
            tune.maxActiveSessions(),
            tune.autovacuum(),
            tune.terminateBlockers(),
            tune.terminateBlockersAfter(),
            tune.tables())
        .allMatch(Optional::isEmpty);
  }

  /** The new limits; what is absent stays. */
  static Limits of(Limits old, Control.Tune tune) {
    return new Limits(
        tune.lockTimeout().orElse(old.lockTimeout()),
        tune.batchDuration().orElse(old.batchDuration()),
        tune.maxRowsPerSecond().or(old::maxRowsPerSecond),
        tune.maxReplicaLag().or(old::maxReplicaLag),
        tune.parallelism().orElse(old.parallelism()),
        Optional.of(health(old.healthOrDefault(), tune)),
        Optional.of(blockers(old.blockersOrNone(), tune)),
        tune.tables().or(old::tables));
  }

  private static BlockerTermination blockers(BlockerTermination old, Control.Tune tune) {
    return new BlockerTermination(
        tune.terminateBlockers().orElse(old.sessions()),
        tune.terminateBlockersAfter().orElse(old.after()),
        old.applicationName());
  }

  private static HealthLimits health(HealthLimits old, Control.Tune tune) {
    return new HealthLimits(
        tune.maxArchiveBacklog().or(old::maxArchiveBacklog),
        tune.maxWalRate().or(old::maxWalRate),
        tune.maxCommitLatency().or(old::maxCommitLatency),
        tune.maxActiveSessions().or(old::maxActiveSessions),
        tune.autovacuum().or(old::autovacuum),
        old.signals());
  }
}
