package dev.lockstep.deploy.bench.report;

/** What is measured, in the order of the table. */
public enum Metric {
  BACKFILL_RATE("backfill, rows/s", 0),
  BACKFILL_RATE_BESIDE_CLIENTS("backfill beside clients, rows/s", 0),
  BACKFILL_SECONDS("backfill, s", 2),
  VERIFICATION_SHARE("verification / backfill, %", 1),
  WHOLE_SECONDS("whole change, s", 2),
  WAL_BYTES_PER_ROW("WAL, bytes a row", 0),
  WAL_MIB("WAL, MiB", 0),
  DEAD_ROWS("dead rows after", 0),
  TABLE_MIB("table and index after, MiB", 0),
  CLIENTS_P50_BEFORE("clients p50 before, ms", 2),
  CLIENTS_P50_DURING("clients p50 during, ms", 2),
  CLIENTS_P50_BACKFILL("clients p50 during backfill, ms", 2),
  CLIENTS_P50_AFTER("clients p50 after, ms", 2),
  CLIENTS_P99_BEFORE("clients p99 before, ms", 1),
  CLIENTS_P99_DURING("clients p99 during, ms", 1),
  CLIENTS_P99_BACKFILL("clients p99 during backfill, ms", 1),
  CLIENTS_P99_AFTER("clients p99 after, ms", 1),
  CLIENTS_MAX_BEFORE("clients max before, ms", 1),
  CLIENTS_MAX_DURING("clients max during, ms", 1),
  CLIENTS_MAX_BACKFILL("clients max during backfill, ms", 1),
  CLIENTS_MAX_AFTER("clients max after, ms", 1),
  CLIENTS_FAILED_BEFORE("clients failed before", 0),
  CLIENTS_FAILED_DURING("clients failed during", 0),
  CLIENTS_FAILED_AFTER("clients failed after", 0),
  CLIENT_LOCK_WAIT("longest lock wait of a client, ms", 0),
  TOOL_LOCK_WAIT("longest lock wait of the tool, ms", 0),
  TRIGGER_FOLLOWED("update of a followed column, times", 2),
  TRIGGER_OTHER("update of another column, times", 2),
  RESUMED_SECONDS("SIGKILL to next batch, s", 2),
  BATCHES_REPEATED("batches repeated", 0),
  ROWS_REPEATED("rows repeated", 0),
  MICROS_PER_ROW("backfill, microseconds a row", 2),
  BACKUP_RATE("backup, raw MiB/s", 1),
  BACKUP_SECONDS("backup, s", 2),
  BACKUP_WHOLE_SECONDS("backup, whole command, s", 2),
  BACKUP_COPY_RATE("backup, copying alone, raw MiB/s", 1),
  BACKUP_COPY_SECONDS("backup, copying alone, s", 2),
  BACKUP_READ_BACK_SECONDS("backup, reading back, s", 2),
  BACKUP_REST_SECONDS("backup, start and other steps, s", 2),
  STORED_MIB("stored, MiB", 1),
  RESTORE_RATE("restore, raw MiB/s", 1),
  RESTORE_SECONDS("restore, s", 2),
  RESTORE_WHOLE_SECONDS("restore, whole command, s", 2),
  RESTORE_COPY_RATE("restore, copying alone, raw MiB/s", 1),
  RESTORE_COPY_SECONDS("restore, copying alone, s", 2),
  RESTORE_READ_BACK_SECONDS("restore, reading before, s", 2),
  RESTORE_REST_SECONDS("restore, start and other steps, s", 2),
  PEAK_RESIDENT_MIB("worker, peak resident MiB", 0),
  HEAP_AFTER_COLLECTION_MIB("worker, most heap after a GC, MiB", 0);

  private final String title;
  private final int digits;

  Metric(String title, int digits) {
    this.title = title;
    this.digits = digits;
  }

  String title() {
    return title;
  }

  /** Behind the point. */
  int digits() {
    return digits;
  }
}
