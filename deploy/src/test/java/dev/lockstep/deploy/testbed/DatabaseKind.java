package dev.lockstep.deploy.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A kind of database that tests can have a server of. Where it comes from an image, that is the one
 * of Docker's official library, set up as {@code deploy/testbed} sets up its own.
 */
@SuppressWarnings("ImmutableEnumChecker") // its fields are made by List.of and Map.of
public enum DatabaseKind {
  POSTGRESQL(
      "postgres",
      new Image(
          "postgres:17",
          5432,
          Map.of("POSTGRES_PASSWORD", "postgres"),
          List.of("postgres", "-c", "wal_level=logical", "-c", "max_connections=200")),
      new Login("postgres", "postgres", "PGPASSWORD"),
      "postgres",
      "psql"),
  MYSQL(
      "mysql",
      new Image("mysql:8.4", 3306, Map.of("MYSQL_ROOT_PASSWORD", "root"), List.of()),
      new Login("root", "root", "MYSQL_PWD"),
      "mysql",
      "mysql"),
  MARIADB(
      "mariadb",
      new Image("mariadb:11.4", 3306, Map.of("MARIADB_ROOT_PASSWORD", "root"), List.of()),
      new Login("root", "root", "MYSQL_PWD"),
      "mysql",
      "mariadb");

  private final String part;
  private final Image image;
  private final Login login;
  private final String firstDatabase;
  private final String shell;

  DatabaseKind(String part, Image image, Login login, String firstDatabase, String shell) {
    this.part = part;
    this.image = image;
    this.login = login;
    this.firstDatabase = firstDatabase;
    this.shell = shell;
  }

  /**
   * An image and how a container of it is started.
   *
   * @param name with its tag
   * @param port that the server listens on in the container
   * @param environment of the container
   * @param command empty: the image's own
   */
  record Image(String name, int port, Map<String, String> environment, List<String> command) {}

  /**
   * Of the server's owner.
   *
   * @param variable of the environment from which client programs take the password
   */
  record Login(String user, String password, String variable) {}

  /** The part of {@code deploy/testbed} that has it. */
  String part() {
    return part;
  }

  Image image() {
    return image;
  }

  Login login() {
    return login;
  }

  /** A database that is there from the beginning. */
  public String firstDatabase() {
    return firstDatabase;
  }

  /**
   * The command that runs one statement by the kind's own shell and prints plain values.
   *
   * @param server host and port as that shell reaches it
   */
  List<String> statement(Endpoint server, String database, String sql) {
    List<String> words = new ArrayList<>(List.of(shell));
    String port = String.valueOf(server.port());
    if (this == POSTGRESQL) {
      words.addAll(List.of("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"));
      words.addAll(List.of("-h", server.host(), "-p", port, "-U", login.user(), "-d", database));
      words.addAll(List.of("-c", sql));
    } else {
      words.addAll(List.of("--no-defaults", "-N", "-s", "-h", server.host(), "-P", port));
      words.addAll(List.of("-u", login.user(), "-e", sql, database));
    }
    return List.copyOf(words);
  }

  /** Where a server is. */
  public record Endpoint(String host, int port) {}
}
