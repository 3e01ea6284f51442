package dev.lockstep.deploy.cluster;

import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * What each row must hold by what was written through the application. At most one request is under
 * way for a row, so every read has exactly one right answer. Safe for many threads.
 */
final class ExpectedRows {
  private final long initialRows;
  private final LongFunction<String> initial;
  private final Map<Long, String> written = new ConcurrentHashMap<>();
  private final Set<Long> taken = ConcurrentHashMap.newKeySet();

  /**
   * Rows with ids from 1.
   *
   * @param initial the value that the row of an id was loaded with
   */
  ExpectedRows(long initialRows, LongFunction<String> initial) {
    this.initialRows = initialRows;
    this.initial = initial;
  }

  /** Takes a row that no request is under way for. */
  long take(SplittableRandom random) {
    while (true) {
      long id = random.nextLong(1, initialRows + 1);
      if (taken.add(id)) {
        return id;
      }
    }
  }

  /** The request is over; the row holds what it held. */
  void release(long id) {
    taken.remove(id);
  }

  /** A write was confirmed. */
  void wrote(long id, String value) {
    written.put(id, value);
    taken.remove(id);
  }

  /** An insert was confirmed. */
  void inserted(long id, String value) {
    written.put(id, value);
  }

  /** What the row must hold. A write whose fate nobody knows leaves the row taken for ever. */
  String value(long id) {
    return written.getOrDefault(id, initial.apply(id));
  }

  /** Every row that was written or inserted, with its last confirmed value. */
  Map<Long, String> written() {
    return Map.copyOf(written);
  }

  /** How many rows there must be. */
  long count() {
    return initialRows + written.keySet().stream().filter(id -> id > initialRows).count();
  }
}
