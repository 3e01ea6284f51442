package dev.lockstep.worker.demo;

import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Mark;
import dev.lockstep.worker.report.page.Quantities;
import dev.lockstep.worker.report.page.Unit;
import java.time.Duration;
import java.util.List;

/** The numbers of the demo that matter most. */
record DemoFigures(DemoReport report) {
  Block.Figures figures() {
    return new Block.Figures(
        List.of(
            count(
                "of %s requests failed".formatted(number(report.traffic().requests())),
                report.traffic().failed()),
            count("rows wrong after the run", report.traffic().wrongNames()),
            count(
                "mismatches in %s compared rows".formatted(number(report.verify().rows())),
                report.verify().mismatches()),
            millis("99th percentile of a request", report.traffic().p99Millis()),
            millis("slowest request", report.traffic().maxMillis()),
            millis("longest wait for a table lock", (double) report.locks().maxWaitMillis()),
            new Block.Figure(
                "rows/s of backfill, held to " + number(report.backfill().limitRowsPerSecond()),
                Unit.ROWS_PER_SECOND.show(report.backfill().rowsPerSecond())),
            new Block.Figure(
                "from the kill to the next batch",
                Quantities.duration(Duration.ofMillis(report.backfill().resumeMillis()))),
            new Block.Figure(
                "batches repeated after the kill", number(report.backfill().batchesRepeated())),
            new Block.Figure(
                "most memory of a worker", Quantities.bytes(report.worker().peakResidentBytes()))));
  }

  private static Block.Figure count(String label, long bad) {
    return new Block.Figure(label, number(bad), bad == 0 ? Mark.GOOD : Mark.BAD);
  }

  private static Block.Figure millis(String label, double value) {
    return new Block.Figure(label, Unit.MILLIS.show(value) + " ms");
  }

  private static String number(long value) {
    return Quantities.number(value);
  }
}
