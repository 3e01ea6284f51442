package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Rate;
import java.time.Duration;

/**
 * What steps cost, from observed sizes. Rough: they are to tell seconds from hours.
 *
 * <p>All rates are of narrow rows on two cores with PostgreSQL 15's defaults.
 */
final class Estimates {
  /**
   * Rows a second of a keyset range UPDATE; measured 133,000 to 162,000 for 100 to 300 thousand.
   */
  private static final long BACKFILL_ROWS_PER_SECOND = 120_000;

  /** A pass that compares or proves rows is held to a tenth of the time of a backfill. */
  private static final long SCAN_ROWS_PER_SECOND = 1_200_000;

  /** A concurrent build reads the table twice and sorts once. */
  private static final long INDEX_ROWS_PER_SECOND = 400_000;

  /** Read by COPY, compressed and encrypted; the pipeline of backups takes 80 MiB a second. */
  private static final long COPY_ROWS_PER_SECOND = 600_000;

  /** Index entry of a short key: 8 bytes of header, 4 of line pointer, the rest key and slack. */
  private static final long INDEX_ENTRY_BYTES = 32;

  /** Header and line pointer of a heap tuple. */
  private static final long TUPLE_OVERHEAD_BYTES = 28;

  /** A row where nothing is known of the table's rows. */
  private static final long UNKNOWN_ROW_BYTES = 128;

  private Estimates() {}

  /** Rows of the table; where it was never analysed, from its size. */
  static long rows(Observation.Table table) {
    return table.rows() >= 0 ? table.rows() : table.bytes() / UNKNOWN_ROW_BYTES;
  }

  /**
   * Each row is written anew. The log holds the new rows and, as every page is touched for the
   * first time after some checkpoint, every page once.
   */
  static Estimate backfill(Observation.Table table, Limits limits) {
    long rows = rows(table);
    long written = rows == 0 ? 0 : table.bytes() + rows * TUPLE_OVERHEAD_BYTES;
    long rate =
        Math.min(
            BACKFILL_ROWS_PER_SECOND,
            limits.maxRowsPerSecond().map(Rate::perSecond).orElse(Long.MAX_VALUE));
    return new Estimate(rows, written, written + table.bytes(), time(rows, rate));
  }

  static Estimate scan(Observation.Table table) {
    return new Estimate(rows(table), 0, 0, time(rows(table), SCAN_ROWS_PER_SECOND));
  }

  static Estimate index(Observation.Table table) {
    long rows = rows(table);
    long bytes = rows * INDEX_ENTRY_BYTES;
    return new Estimate(rows, bytes, bytes, time(rows, INDEX_ROWS_PER_SECOND));
  }

  /** Some columns of every row, read and sent; the bytes as if all columns had the same width. */
  static Estimate copy(Observation.Table table, int columns) {
    long rows = rows(table);
    long bytes = table.bytes() * Math.min(columns, table.columns().size());
    return new Estimate(
        rows, bytes / Math.max(1, table.columns().size()), 0, time(rows, COPY_ROWS_PER_SECOND));
  }

  private static Duration time(long rows, long perSecond) {
    return Duration.ofMillis(rows * 1000 / perSecond);
  }
}
