package dev.lockstep.deploy.e2e;

import dev.lockstep.deploy.testbed.DatabaseKind;
import java.util.List;

/** Command lines of PostgreSQL's own clients, as an application of this name. */
final class PostgresPrograms {
  /** How long one pgbench lives: its sessions see several steps of a change. */
  private static final int SECONDS = 4;

  private final String connection;

  PostgresPrograms(DatabaseKind.Endpoint server, String database, String application) {
    this.connection =
        "host=%s port=%d user=postgres dbname=%s application_name=%s"
            .formatted(server.host(), server.port(), database, application);
  }

  /** One command in a session of its own. */
  List<String> psql(String command) {
    return List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", connection, "-c", command);
  }

  /**
   * Four clients that run this script together 200 times a second.
   *
   * @param protocol {@code simple} or {@code prepared}
   */
  List<String> pgbench(String protocol, String script) {
    return List.of(
        "pgbench",
        "-n",
        "-M",
        protocol,
        "-c",
        "4",
        "-R",
        "200",
        "-T",
        String.valueOf(SECONDS),
        "-f",
        script,
        connection);
  }
}
