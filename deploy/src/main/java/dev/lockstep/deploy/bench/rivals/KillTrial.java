package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.Program;
import dev.lockstep.deploy.bench.report.Metric;
import dev.lockstep.workflows.api.RunOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A worker that dies in the middle of its backfill: how long until the next batch is committed, and
 * how much is done twice.
 */
final class KillTrial {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** After this time the database has ended what a killed worker had sent it. */
  private static final Duration ECHO = Duration.ofMillis(500);

  /** By which the statistics of ended sessions are in. */
  private static final Duration STATISTICS = Duration.ofSeconds(2);

  private final Lockstep lockstep;
  private final Target target;
  private final LedgerLook ledger;

  KillTrial(Lockstep lockstep, Target target) {
    this.lockstep = lockstep;
    this.target = target;
    this.ledger = new LedgerLook(target);
  }

  /**
   * Measures it.
   *
   * @param address of a Temporal service: a second worker stands by. Absent: the same command is
   *     started again at once, with its embedded engine
   */
  Map<Metric, Double> run(Optional<String> address) throws IOException, InterruptedException {
    return address.isPresent() ? withService(address.get()) : embedded();
  }

  private Map<Metric, Double> embedded() throws IOException, InterruptedException {
    try (Program first = lockstep.run(target, Map.of())) {
      awaitMiddle(first);
      first.kill();
      long killed = System.nanoTime();
      try (Program second = lockstep.run(target, Map.of())) {
        return measure(killed, second);
      }
    }
  }

  private Map<Metric, Double> withService(String address) throws IOException, InterruptedException {
    try (Program first = worker(address);
        Program run = lockstep.run(target, Map.of(), "--address", address)) {
      awaitMiddle(run);
      try (Program second = worker(address)) {
        first.kill();
        return measure(System.nanoTime(), run);
      }
    }
  }

  private Program worker(String address) throws IOException, InterruptedException {
    Program worker = lockstep.worker(target, address);
    long deadline = deadline();
    while (!worker.messages().contains("working for")) {
      look(worker, deadline);
    }
    return worker;
  }

  private void awaitMiddle(Program run) throws IOException, InterruptedException {
    long deadline = deadline();
    while (ledger.committed().rows() < target.rows() / 4) {
      look(run, deadline);
    }
  }

  private Map<Metric, Double> measure(long killed, Program run)
      throws IOException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ECHO.toMillis());
    LedgerLook.Committed before = ledger.committed();
    long deadline = deadline();
    while (ledger.committed().batches() <= before.batches()) {
      look(run, deadline);
    }
    double seconds = (System.nanoTime() - killed) / 1e9;
    if (before.rows() >= target.rows()) {
      throw new Program.FailedException("the backfill had ended before its worker was killed");
    }
    RunOutcome outcome = Lockstep.outcome(run);
    TimeUnit.MILLISECONDS.sleep(STATISTICS.toMillis());
    Map<Metric, Double> measured = new EnumMap<>(Metric.class);
    measured.put(Metric.RESUMED_SECONDS, seconds);
    measured.put(
        Metric.BATCHES_REPEATED,
        outcome.figures().getOrDefault("batchesRepeated", 0L).doubleValue());
    measured.put(Metric.ROWS_REPEATED, updated() - target.rows());
    return measured;
  }

  /** Of all updates, committed or not; nobody else writes here. */
  private double updated() {
    return target
        .sessions("bench")
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT n_tup_upd FROM pg_stat_all_tables WHERE relid = '"
                            + Target.TABLE
                            + "'::regclass")
                    .mapTo(Double.class)
                    .one());
  }

  private static long deadline() {
    return System.nanoTime() + PATIENCE.toNanos();
  }

  private static void look(Program program, long deadline)
      throws IOException, InterruptedException {
    if (!program.isAlive() || System.nanoTime() > deadline) {
      throw new Program.FailedException("the run did not get on: " + program.messages());
    }
    TimeUnit.MILLISECONDS.sleep(20);
  }
}
