package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.SecretReader;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of this machine with all of its programs, on a port and in a folder of its own. */
final class DumpServer implements AutoCloseable {
  private static final Path USUAL = Path.of("/usr/lib/postgresql");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path programs;
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private DumpServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** The newest folder that has server and programs; empty: this machine has none. */
  static Optional<Path> programs() {
    try (Stream<Path> versions = Files.list(USUAL)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .filter(bin -> Files.isExecutable(bin.resolve("pg_dump")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static DumpServer start(Path programs, Path folder) {
    try {
      Path home = Files.createDirectories(folder);
      Path password = Files.writeString(home.resolve("password"), "postgres");
      run(
          programs.resolve("initdb").toString(),
          "--pgdata=" + home.resolve("data"),
          "--username=postgres",
          "--auth=scram-sha-256",
          "--pwfile=" + password,
          "--encoding=UTF8",
          "--locale=C",
          "--no-sync");
      DumpServer server = new DumpServer(programs, home, freePort());
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    try {
      List<String> command =
          asNobody(
              programs.resolve("postgres").toString(),
              "-D",
              folder.resolve("data").toString(),
              "-p",
              Integer.toString(port),
              "-c",
              "listen_addresses=127.0.0.1",
              "-c",
              "unix_socket_directories=",
              "-c",
              "fsync=off",
              "-c",
              "wal_level=logical");
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .redirectInput(new File("/dev/null"))
              .start();
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> text("postgres", "SELECT 1").equals("1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a power cut does. */
  void crash() {
    signal("QUIT");
  }

  @Override
  public void close() {
    signal("INT");
  }

  private void signal(String name) {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    try {
      run("kill", "-" + name, Long.toString(running.pid()));
      Awaitility.await().atMost(PATIENCE).until(() -> !running.isAlive());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PostgreSQL refuses to run as root; in a user namespace without a map it is somebody else. */
  private static List<String> asNobody(String... words) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(words));
    return command;
  }

  private static void run(String... words) throws IOException {
    Process process =
        new ProcessBuilder(words[0].equals("kill") ? List.of(words) : asNobody(words))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(List.of(words) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A database of it as a definition names it; user and password stand in its variables' names. */
  Database database(String name, String user) {
    return new Database(
        name,
        Engine.POSTGRESQL,
        new Connection.Url(url(name)),
        new Credentials.Environment(user, user),
        List.of());
  }

  /** Every user's password is its name. */
  static Databases databases() {
    return new Databases(ConnectionSettings.DEFAULT, SecretReader.NONE, Optional::of);
  }

  /** A new one, owned by somebody. */
  Database newDatabase(String name, String owner) {
    execute("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    execute("postgres", "CREATE DATABASE " + name + " OWNER " + owner);
    return database(name, owner);
  }

  void execute(String database, String sql) {
    try (java.sql.Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in " + sql, e);
    }
  }

  List<String> texts(String database, String sql) {
    try (java.sql.Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(String.valueOf(rows.getString(1)));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in " + sql, e);
    }
  }

  String text(String database, String sql) {
    return String.join("|", texts(database, sql));
  }

  java.sql.Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "postgres", "postgres");
  }
}
