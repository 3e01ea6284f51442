package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import java.util.Optional;

/**
 * Rows by their keys.
 *
 * @param after rows after this key; absent: from the first one
 * @param upTo rows up to this key and with it; absent: up to the last one
 */
record Interval(Optional<Key> after, Optional<Key> upTo) {
  /** What is left of a range. */
  static Interval left(RangeRecord range) {
    return new Interval(range.from().map(Key::parse), range.high().map(Key::parse));
  }

  /** The whole of a range. */
  static Interval of(RangeRecord range) {
    return new Interval(range.low().map(Key::parse), range.high().map(Key::parse));
  }

  Interval endingAt(Optional<Key> bound) {
    return bound.isPresent() ? new Interval(after, bound) : this;
  }

  Interval startingAfter(Optional<Key> key) {
    return new Interval(key, upTo);
  }
}
