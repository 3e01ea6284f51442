package dev.lockstep.deploy.e2e;

import dev.lockstep.deploy.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of one test with all of its programs, those of the testbed: it can be stopped,
 * destroyed, and found again elsewhere. As root it runs as {@code nobody}.
 */
final class OwnPostgres implements AutoCloseable {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final long PATIENCE_SECONDS = 60;

  private final Path programs;
  private final Path folder;
  private final int port;

  private OwnPostgres(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Makes and starts one.
   *
   * @param folder new, for its files
   */
  static OwnPostgres make(Path folder) throws IOException {
    Path programs = Path.of(Testbed.read().value("LOCKSTEP_TESTBED_POSTGRES_BIN", "postgres"));
    OwnPostgres server = new OwnPostgres(programs, folder, freePort());
    Path word = Files.writeString(folder.resolveSibling("word"), "postgres\n");
    server.run(
        "initdb",
        List.of(
            "--pgdata=" + folder,
            "--username=postgres",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--pwfile=" + word,
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync"));
    server.start();
    return server;
  }

  /** What somebody restored: nobody made it here, and it has to start as it is. */
  OwnPostgres at(Path restored) throws IOException {
    OwnPostgres server = new OwnPostgres(programs, restored, freePort());
    server.start();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void start() {
    String options =
        "-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories=%s"
            .formatted(port, folder.getParent());
    run(
        "pg_ctl",
        List.of(
            "start", "-w", "-s", "-D", folder.toString(), "-l", folder + ".log", "-o", options));
  }

  /** What tests say to it. */
  Server said() {
    return Server.running(port, port);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/shop";
  }

  /** A folder beside its own, in which its user may make others. */
  Path beside(String name) {
    return folder.resolveSibling(name);
  }

  /** Nothing of it is left. */
  void destroy() throws IOException {
    run("pg_ctl", List.of("stop", "-w", "-s", "-m", "immediate", "-D", folder.toString()));
    remove(folder);
  }

  static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(one);
        }
      }
    }
  }

  /** A new folder that the user of servers may enter and write to. */
  static Path room() throws IOException {
    Path room = Files.createTempDirectory("pitr");
    Files.setPosixFilePermissions(room, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (ROOT) {
      Files.setOwner(
          room,
          room.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }
    return room;
  }

  private void run(String program, List<String> options) {
    List<String> words = new ArrayList<>();
    if (ROOT) {
      words.addAll(List.of("setpriv", "--reuid=nobody", "--clear-groups", "--"));
    }
    words.add(programs.resolve(program).toString());
    words.addAll(options);
    try {
      // A file, not a pipe: the server that it starts would keep a pipe open.
      Path output = Files.createTempFile("own", ".out");
      Process process =
          new ProcessBuilder(words)
              .directory(folder.resolveSibling(".").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String said = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(words + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(folder.resolve("postmaster.pid"))) {
      destroy();
    }
  }
}
