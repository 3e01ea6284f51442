package dev.lockstep.worker.demo;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The report in a few lines, for somebody who sees Lockstep for the first time. */
final class DemoSummary {
  private static final double MEBI = 1024.0 * 1024.0;

  private DemoSummary() {}

  static String of(DemoReport report, Path folder) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s: first_name and last_name became full_name in %,d rows under live traffic.",
        report.state(),
        report.rows());
    line(text, "");
    line(
        text,
        "  traffic    %,d requests of three application versions, %d failed, %d rows wrong"
            + " afterwards",
        report.traffic().requests(),
        report.traffic().failed(),
        report.traffic().wrongNames());
    line(
        text,
        "             %-9s %9s %7s %9s %9s %9s",
        "phase",
        "requests",
        "failed",
        "p50 ms",
        "p99 ms",
        "max ms");
    for (Map.Entry<String, Traffic.Summary> phase : report.traffic().phases().entrySet()) {
      Traffic.Summary it = phase.getValue();
      line(
          text,
          "             %-9s %,9d %7d %9.1f %9.1f %9.1f",
          phase.getKey(),
          it.requests(),
          it.failed(),
          it.p50Millis(),
          it.p99Millis(),
          it.maxMillis());
    }
    line(
        text,
        "  backfill   %,d rows in %,d batches, %,.0f rows/s (held to %,d rows/s to be worth"
            + " watching)",
        report.backfill().rows(),
        report.backfill().batches(),
        report.backfill().rowsPerSecond(),
        report.backfill().limitRowsPerSecond());
    line(
        text,
        "  kill       the worker was killed %d time(s); the next batch came %.1f s later, %d"
            + " batch(es) repeated",
        report.workerKills(),
        report.backfill().resumeMillis() / 1000.0,
        report.backfill().batchesRepeated());
    line(
        text,
        "  verify     %,d rows compared, %d mismatches",
        report.verify().rows(),
        report.verify().mismatches());
    line(text, "  locks      longest wait %d ms", report.locks().maxWaitMillis());
    line(
        text,
        "  worker     at most %.0f MiB of memory",
        report.worker().peakResidentBytes() / MEBI);
    line(text, "  cluster    simulated: its pods are client threads of this process");
    line(text, "  schema     before: %s", String.join(", ", report.schemaBefore()));
    line(text, "             after:  %s", String.join(", ", report.schemaAfter()));
    report.traffic().faults().forEach(fault -> line(text, "  failed     %s", fault));
    line(text, "");
    line(text, "Reports: %s and %s", folder.resolve("report.html"), folder.resolve("report.json"));
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
