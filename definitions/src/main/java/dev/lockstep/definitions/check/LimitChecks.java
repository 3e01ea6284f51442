package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The ranges of limits, for definitions and for limits that are set while a run goes on. */
public final class LimitChecks {
  /** Clients queue behind a waiter for this long; more would be an outage. */
  public static final Duration LONGEST_LOCK_TIMEOUT = Duration.ofSeconds(10);

  /** Less than PostgreSQL can measure. */
  public static final Duration SHORTEST_LOCK_TIMEOUT = Duration.ofMillis(1);

  /** Row locks are held this long; more would be an outage. */
  public static final Duration LONGEST_BATCH = Duration.ofSeconds(10);

  /** Below this, a commit costs more than the rows. */
  public static final Duration SHORTEST_BATCH = Duration.ofMillis(10);

  /** Lag is measured about once a second; less would only be noise. */
  public static final Duration SHORTEST_REPLICA_LAG = Duration.ofMillis(100);

  /** More connections than any backfill gains from. */
  public static final int MOST_PARALLELISM = 16;

  private LimitChecks() {}

  /** What is out of range. Paths are those of the fields alone, such as {@code lockTimeout}. */
  public static List<Problem> check(Limits limits) {
    List<Problem> problems = new ArrayList<>();
    Ranges ranges = new Ranges(problems);
    ranges.check("lockTimeout", limits.lockTimeout(), SHORTEST_LOCK_TIMEOUT, LONGEST_LOCK_TIMEOUT);
    ranges.check("batchDuration", limits.batchDuration(), SHORTEST_BATCH, LONGEST_BATCH);
    limits
        .maxReplicaLag()
        .ifPresent(
            lag -> ranges.check("maxReplicaLag", lag, SHORTEST_REPLICA_LAG, Duration.ofDays(1)));
    if (limits.parallelism() < 1 || limits.parallelism() > MOST_PARALLELISM) {
      problems.add(
          Problem.at(
              "parallelism",
              Code.VALUE_WRONG,
              "is " + limits.parallelism() + "; wanted 1 to " + MOST_PARALLELISM));
    }
    return problems;
  }
}
