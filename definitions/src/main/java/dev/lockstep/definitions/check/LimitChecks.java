package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.HealthLimits;
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

  /** More connections than any backfill gains from; all tables that are filled together count. */
  public static final int MOST_PARALLELISM = 16;

  /** Each has connections of its own, and the health of the database is looked at for each. */
  public static final int MOST_TABLES = 8;

  /** A segment of the log is the least that waits for an archive. */
  public static final ByteCount LEAST_ARCHIVE_BACKLOG = ByteCount.ofMebibytes(1);

  /** A checkpoint on an idle server writes about as much. */
  public static final ByteRate LEAST_WAL_RATE = new ByteRate(new ByteCount(64 * 1024));

  /** Below, the network and the scheduler are measured. */
  public static final Duration SHORTEST_COMMIT = Duration.ofMillis(5);

  /** Long enough to mean never. */
  public static final Duration LONGEST_COMMIT = Duration.ofHours(1);

  /** More sessions than a server has. */
  public static final int MOST_ACTIVE_SESSIONS = 100_000;

  /** Below, ordinary transactions would be hit. */
  public static final Duration SHORTEST_BLOCK = Duration.ofSeconds(1);

  /** Longer than a step is tried for. */
  public static final Duration LONGEST_BLOCK = Duration.ofHours(2);

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
    count("parallelism", limits.parallelism(), MOST_PARALLELISM, problems);
    limits.tables().ifPresent(tables -> tables(tables, limits.parallelism(), problems));
    check(limits.healthOrDefault(), problems);
    limits.terminateBlockers().ifPresent(blockers -> check(blockers, problems));
    return problems;
  }

  private static void tables(int tables, int parallelism, List<Problem> problems) {
    int before = problems.size();
    count("tables", tables, MOST_TABLES, problems);
    boolean each = problems.size() == before && parallelism >= 1 && parallelism <= MOST_PARALLELISM;
    if (each && tables * parallelism > MOST_PARALLELISM) {
      problems.add(
          Problem.at(
              "tables",
              Code.VALUE_WRONG,
              "is %d, with parallelism %d that is %d ranges at a time; wanted at most %d"
                  .formatted(tables, parallelism, tables * parallelism, MOST_PARALLELISM)));
    }
  }

  private static void check(BlockerTermination blockers, List<Problem> problems) {
    new Ranges(problems)
        .check("terminateBlockers.after", blockers.after(), SHORTEST_BLOCK, LONGEST_BLOCK);
    blockers
        .applicationName()
        .ifPresent(
            name -> new LikePatterns(problems).check("terminateBlockers.applicationName", name));
  }

  private static void check(HealthLimits health, List<Problem> problems) {
    health
        .maxArchiveBacklog()
        .filter(backlog -> backlog.bytes() < LEAST_ARCHIVE_BACKLOG.bytes())
        .ifPresent(
            backlog -> atLeast("maxArchiveBacklog", backlog, LEAST_ARCHIVE_BACKLOG, problems));
    health
        .maxWalRate()
        .filter(rate -> rate.perSecond().bytes() < LEAST_WAL_RATE.perSecond().bytes())
        .ifPresent(rate -> atLeast("maxWalRate", rate, LEAST_WAL_RATE, problems));
    health
        .maxCommitLatency()
        .ifPresent(
            latency ->
                new Ranges(problems)
                    .check("maxCommitLatency", latency, SHORTEST_COMMIT, LONGEST_COMMIT));
    health
        .maxActiveSessions()
        .ifPresent(most -> count("maxActiveSessions", most, MOST_ACTIVE_SESSIONS, problems));
    new SignalChecks(problems).check(health.signals());
  }

  private static void atLeast(String path, Object value, Object least, List<Problem> problems) {
    problems.add(Problem.at(path, Code.VALUE_WRONG, "is " + value + "; wanted at least " + least));
  }

  private static void count(String path, int value, int most, List<Problem> problems) {
    if (value < 1 || value > most) {
      problems.add(Problem.at(path, Code.VALUE_WRONG, "is " + value + "; wanted 1 to " + most));
    }
  }
}
