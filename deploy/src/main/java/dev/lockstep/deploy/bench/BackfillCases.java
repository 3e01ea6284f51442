package dev.lockstep.deploy.bench;

import dev.lockstep.deploy.bench.report.Metric;
import dev.lockstep.deploy.bench.report.Results;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The cases one after the other, each on a table made anew. */
final class BackfillCases {
  private static final long WARM_UP_SECONDS = 2;
  private static final long SECONDS_BEFORE = 5;

  /** Rows that the trigger is measured on, at most. */
  private static final int TRIGGER_ROWS = 200_000;

  private final Customers customers;
  private final List<Filler> fillers;
  private final Results results = new Results();

  BackfillCases(Customers customers, List<Filler> fillers) {
    this.customers = customers;
    this.fillers = fillers;
  }

  Results results() {
    return results;
  }

  /** One turn of each in these cases. */
  void round(Set<BackfillBench.Case> cases) throws InterruptedException {
    for (Filler filler : fillers) {
      System.err.println(filler.name());
      if (cases.contains(BackfillBench.Case.alone)) {
        results.add(filler.name(), alone(filler));
      }
      if (cases.contains(BackfillBench.Case.clients)) {
        results.add(filler.name(), besideClients(filler));
      }
    }
  }

  /** What the trigger adds to the clients' updates. */
  void trigger() {
    customers.load();
    customers.addColumn();
    customers.follow();
    int rows = Math.min(customers.rows(), TRIGGER_ROWS);
    for (TriggerCost.Times times :
        new TriggerCost(customers.jdbi(), Customers.TABLE, rows).measure()) {
      results.add(
          "trigger",
          Map.of(Metric.TRIGGER_FOLLOWED, times.followed(), Metric.TRIGGER_OTHER, times.other()));
    }
  }

  private Map<Metric, Double> alone(Filler filler) {
    customers.load();
    customers.addColumn();
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    double log = customers.logBytes();
    double seconds = seconds(() -> filler.fill(customers));
    figures.put(Metric.BACKFILL_RATE, customers.rows() / seconds);
    figures.put(Metric.BACKFILL_SECONDS, seconds);
    figures.put(Metric.WAL_BYTES_PER_ROW, (customers.logBytes() - log) / customers.rows());
    boolean[] compared = new boolean[1];
    double comparing = seconds(() -> compared[0] = filler.compare(customers));
    if (compared[0]) {
      figures.put(Metric.VERIFICATION_SHARE, 100 * comparing / seconds);
    }
    return figures;
  }

  private Map<Metric, Double> besideClients(Filler filler) throws InterruptedException {
    customers.load();
    customers.addColumn();
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    Requests requests = CustomerRequests.withInserts(Customers.TABLE, customers.rows());
    try (LiveLoad load = LiveLoad.start(customers.jdbi(), requests)) {
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      load.take();
      TimeUnit.SECONDS.sleep(SECONDS_BEFORE);
      LiveLoad.Latencies before = load.take();
      double seconds = seconds(() -> filler.fill(customers));
      LiveLoad.Latencies during = load.take();
      figures.put(Metric.BACKFILL_RATE_BESIDE_CLIENTS, customers.rows() / seconds);
      figures.put(Metric.CLIENTS_P50_BEFORE, before.millis(50));
      figures.put(Metric.CLIENTS_P99_BEFORE, before.millis(99));
      figures.put(Metric.CLIENTS_MAX_BEFORE, before.millis(100));
      figures.put(Metric.CLIENTS_P50_BACKFILL, during.millis(50));
      figures.put(Metric.CLIENTS_P99_BACKFILL, during.millis(99));
      figures.put(Metric.CLIENTS_MAX_BACKFILL, during.millis(100));
      figures.put(Metric.CLIENTS_FAILED_BEFORE, (double) before.failed());
      figures.put(Metric.CLIENTS_FAILED_DURING, (double) during.failed());
    }
    return figures;
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
