package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From bounds to ranges. The ranges follow each other without gap or overlap. */
final class RangeBounds {
  private RangeBounds() {}

  /**
   * Ranges between keys.
   *
   * @param bounds ascending, all different
   * @param top the last key that has to be in a range; not before the last bound
   */
  static List<RangeRecord> between(List<Key> bounds, Key top) {
    List<RangeRecord> ranges = new ArrayList<>();
    Optional<String> low = Optional.empty();
    for (Key bound : bounds) {
      if (!bound.equals(top)) {
        ranges.add(RangeRecord.fresh(ranges.size(), low, Optional.of(bound.text())));
        low = Optional.of(bound.text());
      }
    }
    ranges.add(RangeRecord.fresh(ranges.size(), low, Optional.of(top.text())));
    return List.copyOf(ranges);
  }

  /**
   * Ranges of pages, of equal size but for rounding.
   *
   * @param pages of the table, at least 1
   * @param wanted at least 1; fewer where there are fewer pages
   */
  static List<RangeRecord> ofPages(long pages, int wanted) {
    List<Key> bounds = new ArrayList<>();
    long parts = Math.min(pages, wanted);
    for (long part = 1; part < parts; part++) {
      bounds.add(Places.before(pages * part / parts));
    }
    return between(bounds, Places.before(pages));
  }
}
