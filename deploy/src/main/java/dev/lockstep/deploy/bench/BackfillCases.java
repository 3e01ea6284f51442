package dev.lockstep.deploy.bench;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.definitions.model.Database;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/** The cases one after the other, each on a table made anew. */
final class BackfillCases {
  private static final long SECONDS_BEFORE = 10;

  private final Jdbi jdbi;
  private final Customers customers;
  private final RowSteps steps;
  private final BenchOptions options;

  BackfillCases(Databases databases, Database database, BenchOptions options) {
    this.jdbi = databases.open(database);
    this.customers = new Customers(jdbi, options.rows());
    this.steps = new RowSteps(databases, database, options);
    this.options = options;
  }

  void run(PrintStream out) throws InterruptedException {
    try {
      printf(out, "%s, %d cores%n", server(), Runtime.getRuntime().availableProcessors());
      printf(
          out,
          "%d rows, parallelism %d, batches of %d ms%n%n",
          options.rows(),
          options.parallelism(),
          options.batchDuration().toMillis());
      withoutClients(out);
      withClients(out);
      triggerCost(out);
    } finally {
      customers.drop();
    }
  }

  private void withoutClients(PrintStream out) {
    customers.load();
    customers.expand();
    RowSteps.Timed filled = steps.backfill(customers);
    print(out, "backfill, no clients", filled);
    RowSteps.Timed verified = steps.verify(customers);
    print(out, "verification, no clients", verified);
    printf(
        out, "  verification / backfill  %10.1f %%%n", 100 * verified.seconds() / filled.seconds());
  }

  private void withClients(PrintStream out) throws InterruptedException {
    Requests requests = CustomerRequests.withInserts(Customers.TABLE, options.rows());
    customers.load();
    customers.expand();
    try (LiveLoad load = LiveLoad.start(jdbi, requests)) {
      TimeUnit.SECONDS.sleep(2);
      load.take();
      TimeUnit.SECONDS.sleep(SECONDS_BEFORE);
      LiveLoad.Latencies before = load.take();
      RowSteps.Timed filled = steps.backfill(customers);
      LiveLoad.Latencies during = load.take();
      RowSteps.Timed verified = steps.verify(customers);
      LiveLoad.Latencies verifying = load.take();
      print(out, "backfill, 200 requests/s", filled);
      print(out, "verification, 200 requests/s", verified);
      printf(
          out,
          "%n%-28s %9s %7s %9s %9s %9s%n",
          "clients",
          "requests",
          "failed",
          "p50 ms",
          "p99 ms",
          "max ms");
      print(out, "before", before);
      print(out, "during backfill", during);
      print(out, "during verification", verifying);
    }
  }

  private void triggerCost(PrintStream out) {
    TriggerCost cost = new TriggerCost(jdbi, Customers.TABLE, Math.min(options.rows(), 200_000));
    customers.load();
    customers.expand();
    TriggerCost.Pair followed = cost.ofFollowedColumn();
    TriggerCost.Pair other = cost.ofOtherColumn();
    printf(
        out,
        "%n%-28s %12s %12s %7s%n",
        "clients' updates, rows/s",
        "no trigger",
        "trigger",
        "times");
    print(out, "of a followed column", followed);
    print(out, "of another column", other);
  }

  private String server() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT 'PostgreSQL ' || current_setting('server_version') || ', fsync '"
                        + " || current_setting('fsync') || ', shared_buffers '"
                        + " || current_setting('shared_buffers')")
                .mapTo(String.class)
                .one());
  }

  private static void print(PrintStream out, String what, RowSteps.Timed timed) {
    printf(
        out,
        "%-28s %7.2f s %9.0f rows/s %7d batches %3d repeated%n",
        what,
        timed.seconds(),
        timed.figure("rows") / timed.seconds(),
        timed.figure("batches"),
        timed.figure("batchesRepeated"));
  }

  private static void print(PrintStream out, String when, LiveLoad.Latencies latencies) {
    printf(
        out,
        "%-28s %9d %7d %9.1f %9.1f %9.1f%n",
        when,
        latencies.requests(),
        latencies.failed(),
        latencies.millis(50),
        latencies.millis(99),
        latencies.millis(100));
  }

  private static void print(PrintStream out, String what, TriggerCost.Pair cost) {
    printf(out, "%-28s %12.0f %12.0f %7.2f%n", what, cost.without(), cost.with(), cost.times());
  }

  private static void printf(PrintStream out, String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
