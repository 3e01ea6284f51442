package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How much a run may take from the clients.
 *
 * @param lockTimeout the longest wait for one lock; clients queue behind the waiter for this long
 * @param batchDuration the time that one backfill transaction aims at; its row locks are held so
 *     long
 * @param maxRowsPerSecond of one backfill, all its ranges together
 * @param maxReplicaLag the backfill waits while a replica is further behind
 * @param parallelism ranges of one backfill at a time
 * @param health what else of the database holds steps back; absent where nothing was asked for
 * @param terminateBlockers whom a run may end that keeps a step from its lock; absent: nobody
 * @param tables whose rows are worked on at a time, each with its own {@code parallelism}; absent:
 *     one, and the plan is not made for more
 */
public record Limits(
    Duration lockTimeout,
    Duration batchDuration,
    Optional<Rate> maxRowsPerSecond,
    Optional<Duration> maxReplicaLag,
    int parallelism,
    Optional<HealthLimits> health,
    Optional<BlockerTermination> terminateBlockers,
    Optional<Integer> tables) {
  /**
   * The defaults. A client that wants a row of a batch waits for the rest of it: batches of 20 and
   * 30 ms were seen to take a third off the longest request of batches of 50 ms, at the same rows a
   * second. One range at a time: on two cores a second one was seen to add a third to the rows a
   * second and to double or triple the 99th percentile of live traffic.
   */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofMillis(500), Duration.ofMillis(25), Optional.empty(), Optional.empty(), 1);

  public Limits {
    health = health.filter(asked -> !asked.equals(HealthLimits.DEFAULT));
    terminateBlockers = terminateBlockers.filter(asked -> !asked.equals(BlockerTermination.NONE));
  }

  /**
   * Limits that ask for nothing of the database's health but the replica lag, let nobody be ended
   * and have one table after the other.
   */
  public Limits(
      Duration lockTimeout,
      Duration batchDuration,
      Optional<Rate> maxRowsPerSecond,
      Optional<Duration> maxReplicaLag,
      int parallelism) {
    this(
        lockTimeout,
        batchDuration,
        maxRowsPerSecond,
        maxReplicaLag,
        parallelism,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with other limits of health. */
  public Limits with(HealthLimits wanted) {
    return new Limits(
        lockTimeout,
        batchDuration,
        maxRowsPerSecond,
        maxReplicaLag,
        parallelism,
        Optional.of(wanted),
        terminateBlockers,
        tables);
  }

  /** The same with other sessions that may be ended. */
  public Limits with(BlockerTermination wanted) {
    return new Limits(
        lockTimeout,
        batchDuration,
        maxRowsPerSecond,
        maxReplicaLag,
        parallelism,
        health,
        Optional.of(wanted),
        tables);
  }

  /** The same with so many tables at a time. */
  public Limits withTables(int wanted) {
    return new Limits(
        lockTimeout,
        batchDuration,
        maxRowsPerSecond,
        maxReplicaLag,
        parallelism,
        health,
        terminateBlockers,
        Optional.of(wanted));
  }

  /** How many tables at a time, whether asked for or not. */
  public int tablesOrOne() {
    return tables.orElse(1);
  }

  /** Whom the run may end, whether asked for or not. */
  public BlockerTermination blockersOrNone() {
    return terminateBlockers.orElse(BlockerTermination.NONE);
  }

  /** The limits of health, whether asked for or not. */
  public HealthLimits healthOrDefault() {
    return health.orElse(HealthLimits.DEFAULT);
  }
}
