package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.HealthLimits.Autovacuum;
import dev.lockstep.definitions.model.Rate;
import dev.lockstep.workflows.api.Control;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The control verbs. */
final class ControlCommands {
  private ControlCommands() {}

  @Command(name = "pause", description = "Stops a run at its next batch.")
  static final class Pause extends ControlCommand {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; shown in the status.")
    private @Nullable String reason;

    Pause(Console console) {
      super(console, "pause");
    }

    @Override
    Object argument() {
      return new Control.Pause(by(), Optional.ofNullable(reason));
    }
  }

  @Command(name = "resume", description = "Lets a paused run go on.")
  static final class Resume extends ControlCommand {
    Resume(Console console) {
      super(console, "resume");
    }

    @Override
    Object argument() {
      return new Control.Resume(by());
    }
  }

  @Command(name = "approve", description = "Passes a gate at which a run waits.")
  static final class Approve extends ControlCommand {
    @Option(
        names = "--gate",
        paramLabel = "NAME",
        defaultValue = "contract",
        description = "Which gate; default: ${DEFAULT-VALUE}.")
    private String gate = "contract";

    @Option(names = "--comment", paramLabel = "TEXT", description = "Kept in the run's history.")
    private @Nullable String comment;

    Approve(Console console) {
      super(console, "approve");
    }

    @Override
    Object argument() {
      return new Control.Approve(gate, by(), Optional.ofNullable(comment));
    }
  }

  @Command(name = "retry", description = "Does the failed step of a held run again.")
  static final class Retry extends ControlCommand {
    Retry(Console console) {
      super(console, "retry");
    }

    @Override
    Object argument() {
      return new Control.Retry(by());
    }
  }

  @Command(
      name = "skip",
      description = "Lets a held run go on without its failed step, where the plan allows it.")
  static final class Skip extends ControlCommand {
    @Option(names = "--step", required = true, paramLabel = "ID", description = "Which step.")
    private String step = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the history.")
    private @Nullable String reason;

    Skip(Console console) {
      super(console, "skip");
    }

    @Override
    Object argument() {
      return new Control.Skip(step, by(), Optional.ofNullable(reason));
    }
  }

  @Command(name = "abort", description = "Stops a run and takes back everything that it did.")
  static final class Abort extends ControlCommand {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the history.")
    private @Nullable String reason;

    Abort(Console console) {
      super(console, "abort");
    }

    @Override
    Object argument() {
      return new Control.Abort(by(), Optional.ofNullable(reason));
    }
  }

  @Command(
      name = "revert",
      description = "Brings the old schema back inside the revert window; later writes are kept.")
  static final class Revert extends ControlCommand {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the history.")
    private @Nullable String reason;

    Revert(Console console) {
      super(console, "revert");
    }

    @Override
    Object argument() {
      return new Control.Revert(by(), Optional.ofNullable(reason));
    }
  }

  @Command(name = "tune", description = "Changes the limits of a run from its next batch on.")
  static final class Tune extends ControlCommand {
    @Option(names = "--lock-timeout", paramLabel = "DURATION", description = "Such as 500ms.")
    private @Nullable Duration lockTimeout;

    @Option(names = "--batch-duration", paramLabel = "DURATION", description = "Such as 25ms.")
    private @Nullable Duration batchDuration;

    @Option(names = "--max-rows-per-second", paramLabel = "RATE", description = "Such as 5000/s.")
    private @Nullable Rate maxRowsPerSecond;

    @Option(names = "--max-replica-lag", paramLabel = "DURATION", description = "Such as 5s.")
    private @Nullable Duration maxReplicaLag;

    @Option(names = "--parallelism", paramLabel = "N", description = "Ranges at a time.")
    private @Nullable Integer parallelism;

    @Option(names = "--max-archive-backlog", paramLabel = "SIZE", description = "Such as 1GiB.")
    private @Nullable ByteCount maxArchiveBacklog;

    @Option(names = "--max-wal-rate", paramLabel = "RATE", description = "Such as 50MiB/s.")
    private @Nullable ByteRate maxWalRate;

    @Option(names = "--max-commit-latency", paramLabel = "DURATION", description = "Such as 50ms.")
    private @Nullable Duration maxCommitLatency;

    @Option(names = "--max-active-sessions", paramLabel = "N", description = "Those of others.")
    private @Nullable Integer maxActiveSessions;

    @Option(names = "--autovacuum", paramLabel = "WORD", description = "Either wait or ignore.")
    private @Nullable Autovacuum autovacuum;

    @Option(
        names = "--terminate-blockers",
        paramLabel = "WORD",
        description = "Whom to end that keeps a step from its lock: none, idle or any.")
    private BlockerTermination.@Nullable Sessions terminateBlockers;

    @Option(
        names = "--terminate-blockers-after",
        paramLabel = "DURATION",
        description = "Such as 30s.")
    private @Nullable Duration terminateBlockersAfter;

    @Option(names = "--tables", paramLabel = "N", description = "Tables at a time.")
    private @Nullable Integer tables;

    Tune(Console console) {
      super(console, "tune");
    }

    @Override
    Object argument() {
      return new Control.Tune(
          Optional.ofNullable(lockTimeout),
          Optional.ofNullable(batchDuration),
          Optional.ofNullable(maxRowsPerSecond),
          Optional.ofNullable(maxReplicaLag),
          Optional.ofNullable(parallelism),
          Optional.ofNullable(maxArchiveBacklog),
          Optional.ofNullable(maxWalRate),
          Optional.ofNullable(maxCommitLatency),
          Optional.ofNullable(maxActiveSessions),
          Optional.ofNullable(autovacuum),
          Optional.ofNullable(terminateBlockers),
          Optional.ofNullable(terminateBlockersAfter),
          Optional.ofNullable(tables),
          by());
    }
  }
}
