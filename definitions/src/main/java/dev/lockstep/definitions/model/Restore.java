package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A backup into a new instance, or, where it says so, into the old one.
 *
 * @param backup name of a {@link Backup}
 * @param tables the only ones, each {@code schema.table}, or the name alone, which for PostgreSQL
 *     is that of schema {@code public}; empty: everything
 * @param checks asked of the restored database before anything is switched
 * @param change what is switched to the new instance; absent: nothing
 * @param inPlace whether the target may be the database that was backed up, which is replaced
 */
public record Restore(
    String name,
    String backup,
    Which which,
    RestoreTarget into,
    List<String> tables,
    List<Check> checks,
    Optional<Switch> change,
    boolean inPlace)
    implements Definition {
  public Restore {
    tables = List.copyOf(tables);
    checks = List.copyOf(checks);
  }

  /**
   * A question and what its answer must be.
   *
   * @param query one SELECT with one value
   * @param expect {@code = VALUE}, {@code != VALUE}, {@code > N}, {@code >= N}, {@code < N} or
   *     {@code <= N}; without a sign, the value itself
   */
  public record Check(String name, String query, String expect) {}

  /**
   * A Service that leads to the new instance from then on.
   *
   * @param keepOld how long {@code abort} still brings the old instance back; it runs until then
   */
  public record Switch(String namespace, String service, Duration keepOld) {
    /** Long enough for somebody to see a working day with the new instance. */
    public static final Duration DEFAULT_KEEP_OLD = Duration.ofHours(24);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.restore(this);
  }
}
