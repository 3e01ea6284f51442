package dev.lockstep.worker.demo;

import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the demo saw. The names of the fields are a contract with programs that read {@code
 * report.json}; times are in milliseconds.
 *
 * @param rows of the table before the run
 * @param cluster {@code simulated}
 * @param timeline for the charts: one entry a second
 */
record DemoReport(
    RunState state,
    boolean passed,
    long rows,
    TrafficReport traffic,
    BackfillReport backfill,
    VerifyReport verify,
    LockReport locks,
    int workerKills,
    WorkerReport worker,
    String cluster,
    List<String> schemaBefore,
    List<String> schemaAfter,
    long durationMillis,
    Instant started,
    List<Moment> timeline,
    RunOutcome outcome) {

  /** All requests, and by phase of the run. */
  record TrafficReport(
      long requests,
      long failed,
      double p50Millis,
      double p99Millis,
      double maxMillis,
      long wrongNames,
      Map<String, Traffic.Summary> phases,
      List<String> faults) {}

  /**
   * The backfill.
   *
   * @param rowsPerSecond while a worker worked on it
   * @param limitRowsPerSecond that the demo sets, so that the kill hits its middle
   * @param batchesRepeated begun before the kill and done again after it
   * @param resumeMillis from the kill to the next committed batch
   */
  record BackfillReport(
      long rows,
      double rowsPerSecond,
      long limitRowsPerSecond,
      long batches,
      long batchesRepeated,
      long resumeMillis) {}

  /** The comparison of every row. */
  record VerifyReport(long rows, long mismatches, long repaired) {}

  /** The longest wait for a table lock. */
  record LockReport(long maxWaitMillis) {}

  /** The worker processes. */
  record WorkerReport(long peakResidentBytes) {}

  /**
   * One second.
   *
   * @param phase the run was in
   * @param backfilled rows in the ledger by then
   */
  record Moment(
      long second,
      String phase,
      long requests,
      long failed,
      double p50Millis,
      double p99Millis,
      double maxMillis,
      long backfilled) {}
}
