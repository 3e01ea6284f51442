package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How much the database may suffer while rows are changed. Steps that change rows wait while one of
 * these is exceeded or, where it was asked for, cannot be read.
 *
 * <p>What is absent and has a default is looked at with it, but never holds a run for longer than
 * ten minutes on end, and is left out where the role may not read it: nobody asked for it.
 *
 * @param maxArchiveBacklog log that waits for the archive; a size, because the disk of the log is
 *     what runs full, and segments differ in size. Absent: {@link #DEFAULT_ARCHIVE_BACKLOG}
 * @param maxWalRate log that the whole server writes, on the average. Absent: not looked at, for
 *     what a server bears depends on its disks and replicas
 * @param maxCommitLatency of a tiny commit of our own: when it is slow, the clients' commits are.
 *     Absent: {@link #DEFAULT_COMMIT_LATENCY}
 * @param maxActiveSessions of others, on the whole server. Absent: not looked at, for the right
 *     number depends on its cores
 * @param autovacuum whether to wait for vacuums of the table. Absent: only for one that was under
 *     way when the step began. A vacuum that begins later mostly cleans up behind the step, which
 *     on a quiet server would only wait for itself
 * @param signals the user's own
 */
public record HealthLimits(
    Optional<ByteCount> maxArchiveBacklog,
    Optional<ByteRate> maxWalRate,
    Optional<Duration> maxCommitLatency,
    Optional<Integer> maxActiveSessions,
    Optional<Autovacuum> autovacuum,
    List<Signal> signals) {
  /**
   * 64 segments of the usual size. An archive that keeps up has none or a few waiting, and no
   * server is sized so that this fills its disk.
   */
  public static final ByteCount DEFAULT_ARCHIVE_BACKLOG = ByteCount.ofMebibytes(1024);

  /** A commit takes milliseconds, on a busy disk tens of them; at a second people see it. */
  public static final Duration DEFAULT_COMMIT_LATENCY = Duration.ofSeconds(1);

  /** Nothing was asked for. */
  public static final HealthLimits DEFAULT =
      new HealthLimits(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public HealthLimits {
    signals = List.copyOf(signals);
  }

  /** What to do about a vacuum of the table. */
  public enum Autovacuum {
    /** Waits for it, for the first ten minutes of it. */
    WAIT,
    /** Goes on beside it. */
    IGNORE
  }
}
