package dev.lockstep.activities.dump;

import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
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
 * @param link of a chain of physical backups; absent: it stands alone
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
    SortedMap<String, Long> rows,
    Optional<Link> link) {
  /** Those that stand alone say nothing of a chain. */
  public DumpFacts {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    link = Objects.requireNonNullElse(link, Optional.empty());
  }

  /** Of one that stands alone. */
  public DumpFacts(
      String engine,
      String serverVersion,
      String client,
      String method,
      Instant snapshot,
      Optional<String> position,
      Optional<String> endPosition,
      long bytes,
      SortedMap<String, Long> rows) {
    this(
        engine,
        serverVersion,
        client,
        method,
        snapshot,
        position,
        endPosition,
        bytes,
        rows,
        Optional.empty());
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

  /** The same as a link of a chain. */
  public DumpFacts withLink(Link what) {
    return linked(snapshot, what);
  }

  /** Of what is restored where a restore stops at that moment. */
  public DumpFacts stoppingAt(Instant moment) {
    return linked(moment, link.orElseThrow().stoppingAt(moment));
  }

  private DumpFacts linked(Instant shown, Link what) {
    return new DumpFacts(
        engine,
        serverVersion,
        client,
        method,
        shown,
        position,
        endPosition,
        bytes,
        rows,
        Optional.of(what));
  }

  private DumpFacts with(
      Optional<String> before, Optional<String> after, SortedMap<String, Long> counted) {
    return new DumpFacts(
        engine, serverVersion, client, method, snapshot, before, after, bytes, counted, link);
  }
}
