package dev.lockstep.activities.postgres.health;

import dev.lockstep.definitions.model.ByteCount;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How much log waits for the archive: as many segments as have a {@code .ready} file. Where they
 * pile up, a backfill fills the disk of the log, and the server stops. Nothing where the server
 * keeps no archive.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html">
 *     pg_ls_archive_statusdir</a>
 */
final class ArchiveBacklog implements HealthSignal {
  private static final String NAME = "WAL archive backlog";

  private static final String QUERY =
      """
      SELECT CASE WHEN current_setting('archive_mode') = 'off' THEN 0 ELSE
        (SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready') END
        AS segments,
        (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size') AS size
      """;

  private final ByteCount most;

  ArchiveBacklog(ByteCount most) {
    this.most = most;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> concern(Handle handle) {
    return Look.at(NAME, handle, ArchiveBacklog::read).concern(most);
  }

  private static Backlog read(Handle handle) {
    return handle
        .createQuery(QUERY)
        .map((row, at) -> new Backlog(row.getLong("segments"), row.getLong("size")))
        .one();
  }

  /**
   * What waits.
   *
   * @param size bytes of one segment
   */
  record Backlog(long segments, long size) {
    Optional<String> concern(ByteCount most) {
      return segments * size > most.bytes()
          ? Optional.of(
              "WAL archive is %s (%s segments) behind, limit %s"
                  .formatted(Amount.of((double) segments * size), segments, most))
          : Optional.empty();
    }
  }
}
