package dev.lockstep.activities.dump.mysql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a server says of itself.
 *
 * @param database the current one
 * @param bytes of the databases in question, by its statistics
 * @param logged whether it writes a binary log
 * @param floats whether there are columns of type FLOAT, of which every dump program of these
 *     products writes six digits, whatever the column holds
 */
record ServerFacts(
    ClientVersion version,
    String versionText,
    Instant now,
    String database,
    long bytes,
    boolean logged,
    boolean floats) {
  /** Not dumped: they belong to the server. */
  static final String SYSTEM_SCHEMAS =
      "('mysql', 'sys', 'information_schema', 'performance_schema')";

  /**
   * Reads them.
   *
   * @param schemas an SQL condition on {@code table_schema}
   */
  static ServerFacts read(Handle handle, String schemas) {
    String version = text(handle, "SELECT version()").orElse("");
    return new ServerFacts(
        ClientVersion.parse(version),
        version,
        now(handle),
        text(handle, "SELECT database()").orElse(""),
        handle
            .createQuery(
                "SELECT coalesce(sum(data_length), 0) FROM information_schema.tables WHERE "
                    + schemas)
            .mapTo(Long.class)
            .one(),
        text(handle, "SELECT @@global.log_bin").orElse("0").equals("1"),
        text(
                handle,
                "SELECT 1 FROM information_schema.columns WHERE data_type = 'float' AND ("
                    + schemas
                    + ") LIMIT 1")
            .isPresent());
  }

  /** Whatever time zone the session has. */
  private static Instant now(Handle handle) {
    BigDecimal seconds =
        handle.createQuery("SELECT unix_timestamp(now(6))").mapTo(BigDecimal.class).one();
    return Instant.ofEpochSecond(0, seconds.movePointRight(9).longValueExact());
  }

  /** Databases that are no part of the server itself. */
  static List<String> databases(Handle handle) {
    return handle
        .createQuery(
            "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN "
                + SYSTEM_SCHEMAS
                + " ORDER BY 1")
        .mapTo(String.class)
        .list();
  }

  private static Optional<String> text(Handle handle, String query) {
    return handle.createQuery(query).mapTo(String.class).findOne();
  }
}
