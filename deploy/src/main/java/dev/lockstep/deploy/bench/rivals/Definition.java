package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.Customers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The change as Lockstep reads it.
 *
 * @param pace rows a second that the backfill is held to; absent: as fast as it goes
 */
record Definition(Column column, Duration batch, int parallelism, Optional<Integer> pace) {
  /** Whether it waits before it completes. */
  enum Gate {
    none,
    required
  }

  static String name(Target target) {
    return target.database().replace('_', '-');
  }

  /** Where the definition finds the login. Names that begin with LOCKSTEP_ are settings. */
  static Map<String, String> environment(Target target) {
    return Map.of(
        "RIVALS_USER", target.server().login().user(),
        "RIVALS_PASSWORD", target.server().login().password());
  }

  Path write(Target target, Gate gate) throws IOException {
    Path file = target.folder().resolve(name(target) + ".yaml");
    return Files.writeString(
        file,
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: bench}
        spec:
          engine: postgresql
          connection: {url: "%s"}
          credentials: {env: {username: RIVALS_USER, password: RIVALS_PASSWORD}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Migration
        metadata: {name: %s}
        spec:
          database: bench
          changes:
            - addColumn:
                table: %s
                column: {name: %s, type: text, nullable: %s}
                up: "%s"
          contract: {approval: %s}
          limits: {batchDuration: %dms, parallelism: %d%s}
        """
            .formatted(
                target.server().jdbcUrl(target.database()),
                name(target),
                Target.TABLE,
                Target.COLUMN,
                column.nullable(),
                Customers.UP,
                gate,
                batch.toMillis(),
                parallelism,
                pace.map(rows -> ", maxRowsPerSecond: " + rows + "/s").orElse("")));
  }

  String about() {
    return "batches of %d ms, parallelism %d%s"
        .formatted(
            batch.toMillis(),
            parallelism,
            pace.map(rows -> ", held to " + rows + " rows/s").orElse(""));
  }
}
