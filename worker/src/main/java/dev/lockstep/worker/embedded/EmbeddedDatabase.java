package dev.lockstep.worker.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of the embedded binaries, on a free port of the loopback address. */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final Path folder;

  private EmbeddedDatabase(EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
    // An end by a signal passes by close; neither server nor files may outlive this process.
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-database"));
  }

  /**
   * Starts it with the durability of a server in use: the library's own defaults leave out fsync.
   *
   * @param folder for binaries and data; removed on close
   * @throws IOException where it does not start; the message says what can be done
   */
  public static EmbeddedDatabase start(Path folder) throws IOException {
    try {
      return new EmbeddedDatabase(
          EmbeddedPostgres.builder()
              .setRegisterShutdownHook(false)
              .setOverrideWorkingDirectory(folder.toFile())
              .setDataDirectory(folder.resolve("data"))
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "60")
              .setServerConfig("shared_buffers", "256MB")
              .setServerConfig("max_wal_size", "2GB")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setPGStartupWait(START_TIMEOUT)
              .start(),
          folder);
    } catch (IOException | IllegalStateException e) {
      remove(folder);
      throw new IOException(
          "the embedded PostgreSQL does not start on this machine (as root it needs `unshare -U`):"
              + " run as an ordinary user, or give a database with --database jdbc:postgresql://…"
              + " (cause: "
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** Without user and password: the server trusts the user {@code postgres}. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  @Override
  public synchronized void close() throws IOException {
    server.close();
    remove(folder);
  }

  private void stop() {
    try {
      close();
    } catch (IOException e) {
      // The process ends; what is left lies in the folder for temporary files.
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
