package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.CustomerRequests;
import dev.lockstep.deploy.bench.LiveLoad;
import dev.lockstep.deploy.bench.Program;
import dev.lockstep.deploy.bench.report.Metric;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/** One change by one contender, with clients before, meanwhile and after. */
final class Trial {
  private static final String CLIENTS = "bench-clients";
  private static final long WARM_UP_SECONDS = 2;
  private static final double MEBI = 1024.0 * 1024;

  private final Contender contender;
  private final Target target;
  private final Jdbi jdbi;
  private final Map<Metric, Double> measured = new EnumMap<>(Metric.class);
  private final Set<String> failures = new TreeSet<>();

  Trial(Contender contender, Target target) {
    this.contender = contender;
    this.target = target;
    this.jdbi = target.sessions("bench");
  }

  /** Which times clients are watched in. */
  private enum When {
    BEFORE(
        Metric.CLIENTS_P50_BEFORE,
        Metric.CLIENTS_P99_BEFORE,
        Metric.CLIENTS_MAX_BEFORE,
        Optional.of(Metric.CLIENTS_FAILED_BEFORE)),
    DURING(
        Metric.CLIENTS_P50_DURING,
        Metric.CLIENTS_P99_DURING,
        Metric.CLIENTS_MAX_DURING,
        Optional.of(Metric.CLIENTS_FAILED_DURING)),
    /** A part of the one before. */
    BACKFILL(
        Metric.CLIENTS_P50_BACKFILL,
        Metric.CLIENTS_P99_BACKFILL,
        Metric.CLIENTS_MAX_BACKFILL,
        Optional.empty()),
    AFTER(
        Metric.CLIENTS_P50_AFTER,
        Metric.CLIENTS_P99_AFTER,
        Metric.CLIENTS_MAX_AFTER,
        Optional.of(Metric.CLIENTS_FAILED_AFTER));

    private final Metric p50;
    private final Metric p99;
    private final Metric max;
    private final Optional<Metric> failed;

    When(Metric p50, Metric p99, Metric max, Optional<Metric> failed) {
      this.p50 = p50;
      this.p99 = p99;
      this.max = max;
      this.failed = failed;
    }
  }

  /** For how long clients are watched before and after the change. */
  record Watch(Duration before, Duration after) {}

  Map<Metric, Double> run(Watch watch) throws IOException, InterruptedException {
    contender.prepare(target);
    Jdbi clients = target.sessions(CLIENTS);
    try (LiveLoad load =
            LiveLoad.start(clients, CustomerRequests.ofExistingRows(Target.TABLE, target.rows()));
        LockWaits waits = LockWaits.start(target, CLIENTS);
        Timeline timeline = Timeline.of(load)) {
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      Instant start = Instant.now();
      TimeUnit.MILLISECONDS.sleep(watch.before().toMillis());
      Span before = Span.since(start);
      waits.take();
      Done done = change();
      put(waits.take());
      TimeUnit.MILLISECONDS.sleep(watch.after().toMillis());
      put(When.BEFORE, timeline.during(before));
      put(When.DURING, timeline.during(done.whole()));
      put(When.BACKFILL, timeline.during(done.backfill()));
      put(When.AFTER, timeline.during(Span.since(done.whole().end())));
    }
    put(Metric.DEAD_ROWS, number("SELECT n_dead_tup FROM pg_stat_all_tables WHERE relid = "));
    put(
        Metric.TABLE_MIB,
        number("SELECT pg_total_relation_size(oid) FROM pg_class WHERE oid = ") / MEBI);
    demand();
    return measured;
  }

  /** Why requests failed, each reason once. */
  Set<String> failures() {
    return failures;
  }

  private Done change() throws IOException, InterruptedException {
    double wal = wal();
    Done done = contender.change(target);
    double written = wal() - wal;
    put(Metric.BACKFILL_RATE, target.rows() / done.backfill().seconds());
    put(Metric.BACKFILL_SECONDS, done.backfill().seconds());
    done.verification()
        .ifPresent(
            it -> put(Metric.VERIFICATION_SHARE, 100 * it.seconds() / done.backfill().seconds()));
    put(Metric.WHOLE_SECONDS, done.whole().seconds());
    put(Metric.WAL_BYTES_PER_ROW, written / target.rows());
    put(Metric.WAL_MIB, written / MEBI);
    return done;
  }

  /** A rival that says it is done and is not would be the fastest. */
  private void demand() throws IOException {
    double empty =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT count(*) FROM "
                            + Target.TABLE
                            + " WHERE "
                            + Target.COLUMN
                            + " IS NULL")
                    .mapTo(Double.class)
                    .one());
    if (empty > 0) {
      throw new Program.FailedException(contender.name() + " left " + (long) empty + " rows empty");
    }
  }

  private void put(LockWaits.Longest longest) {
    put(Metric.CLIENT_LOCK_WAIT, seconds(longest.clients()) * 1000);
    put(Metric.TOOL_LOCK_WAIT, seconds(longest.tool()) * 1000);
  }

  private void put(When when, LiveLoad.Latencies felt) {
    put(when.p50, felt.millis(50));
    put(when.p99, felt.millis(99));
    put(when.max, felt.millis(100));
    when.failed.ifPresent(failed -> put(failed, (double) felt.failed()));
    failures.addAll(felt.failures().keySet());
  }

  private void put(Metric metric, double value) {
    measured.put(metric, value);
  }

  private double wal() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')")
                .mapTo(Double.class)
                .one());
  }

  private double number(String query) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(query + "'" + Target.TABLE + "'::regclass")
                .mapTo(Double.class)
                .one());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
