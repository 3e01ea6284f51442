package dev.lockstep.deploy.bench;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.SecretReader;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.worker.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Measures the backfill and prints a table. */
public final class BackfillBench {
  private BackfillBench() {}

  /** See {@link BenchOptions#USAGE}; exits with 2 where the command line is wrong. */
  public static void main(String[] arguments) throws Exception {
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(BenchOptions.USAGE);
      return;
    }
    try {
      run(BenchOptions.parse(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(BenchOptions.USAGE);
      System.exit(2);
    }
  }

  private static void run(BenchOptions options) throws IOException, InterruptedException {
    if (options.database().isPresent()) {
      measure(options, options.database().get());
      return;
    }
    Path folder = Files.createTempDirectory("lockstep-bench");
    try (EmbeddedDatabase server = EmbeddedDatabase.start(folder)) {
      measure(options, server.jdbcUrl() + "?user=postgres");
    }
  }

  private static void measure(BenchOptions options, String url) throws InterruptedException {
    Database database =
        new Database(
            "bench", Engine.POSTGRESQL, new Connection.Url(url), new Credentials.None(), List.of());
    try (Databases databases = new Databases(ConnectionSettings.DEFAULT, SecretReader.NONE)) {
      new BackfillCases(databases, database, options).run(System.out);
    }
  }
}
