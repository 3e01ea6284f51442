package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import java.util.List;

/** A range of one part: what a worker takes at a time. */
record Portion(Part part, RangeRecord range) {
  /** Those that have rows left. */
  static List<Portion> open(List<Portion> all) {
    return all.stream().filter(p -> p.range().state() != RangeRecord.State.DONE).toList();
  }

  /** Rows that were worked on so far. */
  static long rows(List<Portion> all) {
    return all.stream().mapToLong(p -> p.range().rows()).sum();
  }

  static List<Portion> of(Part part, List<RangeRecord> ranges) {
    return ranges.stream().map(range -> new Portion(part, range)).toList();
  }
}
