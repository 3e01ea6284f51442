package dev.lockstep.worker.demo;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the name of each customer must be, by what the clients wrote. Safe for many threads.
 *
 * <p>A write passes through {@link #begin} and {@link #end}; in between either value is right, and
 * for ever where the write failed and nobody knows its fate: such a row is never ended. A read is
 * right when it saw a value that was right at some moment between its start and its end.
 */
final class Names {
  private final ConcurrentMap<Long, Entry> entries = new ConcurrentHashMap<>();

  /** The name that a row of the initial data has. */
  static String initial(long id) {
    return "First" + id + " Last" + id;
  }

  /** Claims the row for one writer; false while another one writes it. */
  boolean begin(long id, String next) {
    Entry now = entry(id);
    Entry busy = new Entry(now.current, next, now.writes + 1);
    return now.next == null
        && (entries.replace(id, now, busy) || entries.putIfAbsent(id, busy) == null);
  }

  /** The write is over. */
  void end(long id, boolean written) {
    entries.computeIfPresent(
        id,
        (key, now) ->
            new Entry(written && now.next != null ? now.next : now.current, null, now.writes));
  }

  /** A row that was inserted. */
  void inserted(long id, String name) {
    entries.put(id, new Entry(name, null, 1));
  }

  Entry entry(long id) {
    return entries.getOrDefault(id, new Entry(initial(id), null, 0));
  }

  /** Every row that was written, by its id. */
  ConcurrentMap<Long, Entry> written() {
    return entries;
  }

  /**
   * What is known of one name.
   *
   * @param next being written right now
   * @param writes begun so far
   */
  record Entry(String current, @Nullable String next, long writes) {
    /**
     * Whether a read that began at this entry and ended at {@code after} may have seen the value.
     */
    boolean allows(Entry after, @Nullable String seen) {
      if (after.writes - writes > 1) {
        return true;
      }
      Set<String> right =
          Stream.of(current, next, after.current, after.next)
              .filter(Objects::nonNull)
              .collect(Collectors.toSet());
      return seen != null && right.contains(seen);
    }
  }
}
