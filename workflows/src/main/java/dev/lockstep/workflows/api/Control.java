package dev.lockstep.workflows.api;

import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.HealthLimits.Autovacuum;
import dev.lockstep.definitions.model.Rate;
import java.time.Duration;
import java.util.Optional;

/** What a person says to a run. Fields that are not given are absent. */
public final class Control {
  private Control() {}

  /** Stops at the next batch. */
  public record Pause(Optional<String> by, Optional<String> reason) {}

  /** Goes on. */
  public record Resume(Optional<String> by) {}

  /** Passes a gate. */
  public record Approve(String gate, Optional<String> by, Optional<String> comment) {}

  /** Does the failed step of a held run again. */
  public record Retry(Optional<String> by) {}

  /** Goes on without the failed step of a held run, where the plan allows it. */
  public record Skip(String step, Optional<String> by, Optional<String> reason) {}

  /** Stops and undoes. */
  public record Abort(Optional<String> by, Optional<String> reason) {}

  /** Stops inside the revert window and undoes. */
  public record Revert(Optional<String> by, Optional<String> reason) {}

  /** New limits from the next batch; what is absent stays. */
  public record Tune(
      Optional<Duration> lockTimeout,
      Optional<Duration> batchDuration,
      Optional<Rate> maxRowsPerSecond,
      Optional<Duration> maxReplicaLag,
      Optional<Integer> parallelism,
      Optional<ByteCount> maxArchiveBacklog,
      Optional<ByteRate> maxWalRate,
      Optional<Duration> maxCommitLatency,
      Optional<Integer> maxActiveSessions,
      Optional<Autovacuum> autovacuum,
      Optional<BlockerTermination.Sessions> terminateBlockers,
      Optional<Duration> terminateBlockersAfter,
      Optional<Integer> tables,
      Optional<String> by) {}

  /** The answer to every control: the state right after it was taken. */
  public record Taken(RunState state, String message) {}
}
