package dev.lockstep.activities.postgres.health;

import dev.lockstep.activities.postgres.PartitionTree;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vacuum of the table, by autovacuum or by a person: beside a backfill it has twice the work, and
 * both fight for the disk. One that takes longer than {@link #LONGEST} holds no longer, for on a
 * big table it may take days; that is told once in the log.
 *
 * @see <a href="https://www.postgresql.org/docs/current/progress-reporting.html">
 *     pg_stat_progress_vacuum</a>
 */
final class TableVacuum implements HealthSignal {
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final String NAME = "vacuum of the table";

  /** Of a vacuum that the role may not see, only the database is told. */
  private static final String QUERY =
      """
      WITH RECURSIVE %s
      SELECT p.pid, p.relid IS NULL AS hidden,
        coalesce(extract(epoch FROM clock_timestamp() - a.xact_start) * 1000, 0)::bigint AS millis
      FROM pg_stat_progress_vacuum p LEFT JOIN pg_stat_activity a USING (pid)
      WHERE p.datid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (p.relid IS NULL OR p.relid IN (SELECT oid FROM tree))
      ORDER BY hidden, millis DESC
      """
          .formatted(PartitionTree.sql("to_regclass(:table)"));

  private static final Logger LOG = LoggerFactory.getLogger(TableVacuum.class);

  private final TableName table;
  private final Which which;
  private final LongSupplier nanoClock;
  private OptionalLong firstLook = OptionalLong.empty();
  private int told;

  enum Which {
    /** Every one. */
    EACH,
    /** Only what was under way at the first look. */
    EARLIER
  }

  TableVacuum(TableName table, Which which, LongSupplier nanoClock) {
    this.table = table;
    this.which = which;
    this.nanoClock = nanoClock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> concern(Handle handle) {
    return worst(Look.at(NAME, handle, this::vacuums));
  }

  Optional<String> worst(List<Vacuum> vacuums) {
    long now = nanoClock.getAsLong();
    firstLook = OptionalLong.of(firstLook.orElse(now));
    Duration looking = Duration.ofNanos(now - firstLook.getAsLong());
    return vacuums.stream()
        .filter(vacuum -> which == Which.EACH || vacuum.age().compareTo(looking) >= 0)
        .filter(this::isAwaited)
        .findFirst()
        .map(this::sentence);
  }

  private boolean isAwaited(Vacuum vacuum) {
    if (vacuum.hidden()) {
      throw UnreadableException.hidden(
          "what the vacuum with pid %s works on".formatted(vacuum.pid()));
    }
    boolean awaited = vacuum.age().compareTo(LONGEST) < 0;
    if (!awaited && told != vacuum.pid()) {
      told = vacuum.pid();
      LOG.warn(
          "a vacuum of {} takes more than {} min (pid {}); the run goes on beside it",
          table,
          LONGEST.toMinutes(),
          told);
    }
    return awaited;
  }

  private String sentence(Vacuum vacuum) {
    return "a vacuum of %s is under way for %s s (pid %s), awaited for at most %s s"
        .formatted(table, vacuum.age().toSeconds(), vacuum.pid(), LONGEST.toSeconds());
  }

  private List<Vacuum> vacuums(Handle handle) {
    return handle
        .createQuery(QUERY)
        .bind("table", Quoted.name(table))
        .map(
            (row, at) ->
                new Vacuum(
                    row.getInt("pid"),
                    row.getBoolean("hidden"),
                    Duration.ofMillis(row.getLong("millis"))))
        .list();
  }

  /**
   * A vacuum.
   *
   * @param hidden whether the role may not see of which table
   */
  record Vacuum(int pid, boolean hidden, Duration age) {}
}
