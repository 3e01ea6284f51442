package dev.lockstep.worker.demo;

import dev.lockstep.definitions.plan.Phase;
import dev.lockstep.worker.report.page.HtmlPage;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From what was seen to the report. */
final class DemoReports {
  /** The {@code lockTimeout} of the demo's definition. */
  private static final long MOST_LOCK_WAIT_MILLIS = 500;

  private final DemoDatabase database;
  private final Shop shop;
  private final DemoWatch watch;
  private final DemoLog messages;

  DemoReports(DemoDatabase database, Shop shop, DemoWatch watch, DemoLog messages) {
    this.database = database;
    this.shop = shop;
    this.watch = watch;
    this.messages = messages;
  }

  DemoReport make(List<String> schemaBefore, long rate) throws SQLException {
    RunOutcome outcome = watch.outcome();
    DemoReport.TrafficReport traffic = traffic(database.wrongNames(shop.names().written()));
    DemoReport.BackfillReport backfill = backfill(outcome, rate);
    DemoReport.VerifyReport verify =
        new DemoReport.VerifyReport(
            figure(outcome, Phase.VERIFY, "rows"),
            figure(outcome, Phase.VERIFY, "mismatches"),
            figure(outcome, Phase.VERIFY, "repaired"));
    DemoReport.LockReport locks =
        new DemoReport.LockReport(outcome.figures().getOrDefault("maxLockWaitMillis", 0L));
    boolean passed =
        outcome.state() == RunState.SUCCEEDED
            && traffic.failed() == 0
            && traffic.wrongNames() == 0
            && verify.mismatches() == 0
            && verify.rows() >= database.rows()
            && watch.kills() == 1
            && backfill.batchesRepeated() <= 1
            && locks.maxWaitMillis() <= MOST_LOCK_WAIT_MILLIS;
    return new DemoReport(
        outcome.state(),
        passed,
        database.rows(),
        traffic,
        backfill,
        verify,
        locks,
        watch.kills(),
        new DemoReport.WorkerReport(watch.peakMemory()),
        "simulated",
        schemaBefore,
        database.schema(),
        messages.elapsed().toMillis(),
        shop.traffic().started(),
        timeline(),
        outcome);
  }

  private DemoReport.TrafficReport traffic(long wrongNames) {
    Traffic.Summary all = shop.traffic().summary();
    return new DemoReport.TrafficReport(
        all.requests(),
        all.failed(),
        all.p50Millis(),
        all.p99Millis(),
        all.maxMillis(),
        wrongNames,
        shop.traffic().byPhase(),
        shop.traffic().faults());
  }

  private DemoReport.BackfillReport backfill(RunOutcome outcome, long rate) {
    long rows = figure(outcome, Phase.MIGRATE, "rows");
    Duration worked = spent(outcome).minus(watch.resumed());
    double perSecond = worked.toMillis() <= 0 ? 0 : rows * 1000.0 / worked.toMillis();
    return new DemoReport.BackfillReport(
        rows,
        Math.round(perSecond),
        rate,
        figure(outcome, Phase.MIGRATE, "batches"),
        figure(outcome, Phase.MIGRATE, "batchesRepeated"),
        watch.resumed().toMillis());
  }

  private static Duration spent(RunOutcome outcome) {
    return outcome.steps().stream()
        .filter(step -> step.phase() == Phase.MIGRATE)
        .filter(step -> step.started().isPresent() && step.ended().isPresent())
        .map(step -> Duration.between(step.started().get(), step.ended().get()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static long figure(RunOutcome outcome, Phase phase, String name) {
    return outcome.steps().stream()
        .filter(step -> step.phase() == phase)
        .map(StepReport::figures)
        .mapToLong(figures -> figures.getOrDefault(name, 0L))
        .sum();
  }

  private List<DemoReport.Moment> timeline() {
    List<Traffic.Summary> seconds = shop.traffic().bySecond();
    List<DemoReport.Moment> moments = new ArrayList<>();
    for (int second = 0; second < seconds.size(); second++) {
      Traffic.Summary it = seconds.get(second);
      moments.add(
          new DemoReport.Moment(
              second,
              watch.phaseAt(second),
              it.requests(),
              it.failed(),
              it.p50Millis(),
              it.p99Millis(),
              it.maxMillis(),
              watch.backfilledAt(second)));
    }
    return moments;
  }

  /** Writes {@code report.json} and {@code report.html}. */
  static void write(DemoReport report, Path folder) throws IOException {
    String json = Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
    Files.writeString(folder.resolve("report.json"), json);
    Files.writeString(folder.resolve("report.html"), HtmlPage.of(new DemoPage(report).page()));
  }
}
