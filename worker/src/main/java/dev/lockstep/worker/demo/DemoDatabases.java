package dev.lockstep.worker.demo;

import dev.lockstep.worker.embedded.EmbeddedDatabase;
import java.util.Map;

/** Where the demo's table can live. */
final class DemoDatabases {
  private DemoDatabases() {}

  static DemoDatabase embedded(EmbeddedDatabase server, long rows) {
    return new DemoDatabase(server.jdbcUrl(), "postgres", "", rows);
  }

  /** A database of the user, with the user name and password of libpq's environment variables. */
  static DemoDatabase given(String url, long rows) {
    Map<String, String> environment = System.getenv();
    return new DemoDatabase(
        url,
        environment.getOrDefault("PGUSER", System.getProperty("user.name", "")),
        environment.getOrDefault("PGPASSWORD", ""),
        rows);
  }
}
