package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far an index build is, as {@code pg_stat_progress_create_index} says: blocks of the
 * table that are read, or whom the build waits for, and what was done about it.
 */
final class IndexProgress implements Runnable {
  private static final String LOOK =
      """
      SELECT p.phase, p.blocks_done, p.blocks_total, a.pid, a.application_name, a.state,
        round(1000 * extract(epoch FROM clock_timestamp() - a.xact_start))::bigint AS age_millis
      FROM pg_stat_progress_create_index p
      LEFT JOIN pg_stat_activity a ON a.pid = p.current_locker_pid
      WHERE p.datname = current_database()
        AND p.relid = to_regclass(format('%I.%I', :schema, :table))
      LIMIT 1
      """;

  private final Jdbi jdbi;
  private final TableName table;
  private final String step;
  private final Reporter reporter;
  private final IndexWait wait;
  private final long began = System.nanoTime();

  IndexProgress(ConcurrentIndex.Place place, String step, Reporter reporter, IndexWait wait) {
    this.jdbi = place.jdbi();
    this.table = place.table();
    this.step = step;
    this.reporter = reporter;
    this.wait = wait;
  }

  @Override
  public void run() {
    jdbi.withHandle(this::look).ifPresent(reporter::progress);
  }

  /** The drop of an index shows no progress, but may wait. */
  private Optional<Progress> look(Handle handle) {
    Optional<Progress> progress =
        handle
            .createQuery(LOOK)
            .bind("schema", table.schema())
            .bind("table", table.name())
            .map((row, at) -> progress(row))
            .findOne();
    List<String> notes = wait.look(handle);
    return notes.isEmpty()
        ? progress
        : Optional.of(
            with(
                notes,
                progress.orElseGet(
                    () -> new Progress(step, 0, 0, 0, Optional.empty(), List.of()))));
  }

  private static Progress with(List<String> notes, Progress progress) {
    List<String> reasons = new ArrayList<>(progress.waitingFor());
    reasons.addAll(notes);
    return new Progress(
        progress.step(),
        progress.done(),
        progress.total(),
        progress.perSecond(),
        progress.remaining(),
        reasons);
  }

  private Progress progress(ResultSet row) throws SQLException {
    long done = row.getLong("blocks_done");
    long total = row.getLong("blocks_total");
    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    double perSecond = seconds > 0 ? done / seconds : 0;
    Optional<Duration> remaining =
        perSecond > 0 && total > done
            ? Optional.of(Duration.ofSeconds(Math.round((total - done) / perSecond)))
            : Optional.empty();
    return new Progress(step, done, total, perSecond, remaining, waitingFor(row));
  }

  private static List<String> waitingFor(ResultSet row) throws SQLException {
    int pid = row.getInt("pid");
    if (row.wasNull()) {
      return List.of();
    }
    @Nullable String application = row.getString("application_name");
    @Nullable String state = row.getString("state");
    long age = row.getLong("age_millis");
    Optional<Duration> known =
        row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(age));
    String description =
        (application == null || application.isEmpty() ? "no application_name" : application)
            + ", "
            + (state == null ? "state not visible to this role" : state);
    LockHolder holder =
        new LockHolder(Optional.of(pid), description, known, LockHolder.Kind.CLIENT);
    return List.of("an older transaction to end: " + holder);
  }
}
