package dev.lockstep.activities.dump;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a dump.
 *
 * @param engine such as {@code postgresql}
 * @param serverVersion as the server says it, such as {@code 15.20}
 * @param client name and version of the program; empty: none was used
 * @param method such as {@code pg_dump custom}: what has to be known to load it
 * @param snapshot when the moment was that it shows, by the clock of the database
 * @param position of the log before, such as an LSN or a GTID set; absent: the engine has none
 * @param endPosition after the last part
 * @param bytes estimate of the raw size
 * @param rows counted in the snapshot, by {@code schema.table}; empty: not counted
 */
public record DumpFacts(
    String engine,
    String serverVersion,
    String client,
    String method,
    Instant snapshot,
    Optional<String> position,
    Optional<String> endPosition,
    long bytes,
    SortedMap<String, Long> rows) {
  public DumpFacts {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
  }

  /** The same with where the log was before it. */
  public DumpFacts withPosition(Optional<String> before) {
    return with(before, endPosition, rows);
  }

  /** The same with where the log was after the last part. */
  public DumpFacts withEndPosition(String after) {
    return with(position, Optional.of(after), rows);
  }

  /** The same with rows that were counted. */
  public DumpFacts withRows(SortedMap<String, Long> counted) {
    return with(position, endPosition, counted);
  }

  private DumpFacts with(
      Optional<String> before, Optional<String> after, SortedMap<String, Long> counted) {
    return new DumpFacts(
        engine, serverVersion, client, method, snapshot, before, after, bytes, counted);
  }
}
