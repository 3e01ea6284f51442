package dev.lockstep.activities.dump.mysql;

import dev.lockstep.definitions.model.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How mydumper and myloader are called. Views, routines, triggers and events are left to {@link
 * ObjectReader}: mydumper forgets the SQL mode and the time zone that they were made with.
 *
 * @param server that is dumped or loaded
 * @see <a href="https://mydumper.github.io/mydumper/docs/html/mydumper_usage.html">mydumper</a>
 * @see <a href="https://mydumper.github.io/mydumper/docs/html/myloader_usage.html">myloader</a>
 */
record MydumperArguments(ClientVersion server) {
  private static final int THREADS = 4;

  /** Megabytes of a piece; each session holds one on the disk before it is sent. */
  private static final int PIECE = 64;

  /**
   * Of a lock that others hold, or of a table that somebody alters. The server's own patience is a
   * year, and whoever wants that table waits behind us.
   */
  private static final int LOCK_SECONDS = 10;

  /** A whole flush waits for every query: it is not begun while one runs for more than a minute. */
  private static final List<String> PATIENCE =
      List.of(
          "--long-query-guard=60",
          "--long-query-retries=10",
          "--long-query-retry-interval=30",
          "--ftwrl-timeout-retries=1");

  private static final List<String> DUMP =
      List.of(
          "--stream",
          "--trx-tables",
          "--no-views",
          "--hex-blob",
          "--skip-database-checksums",
          "--threads=" + THREADS,
          "--chunk-filesize=" + PIECE);

  /** Replicas of the target get the rows too; definitions that came back changed are an error. */
  private static final List<String> LOAD =
      List.of("--stream", "--enable-binlog", "--checksum=fail", "--threads=" + THREADS);

  /** Of a whole database, or of chosen tables and the sentinel. */
  List<String> dump(String database, List<String> tables) {
    List<String> words = new ArrayList<>(DUMP);
    words.addAll(PATIENCE);
    words.add(product());
    words.add("--database=" + database);
    String wanted =
        tables.isEmpty() ? "(?!" + Pattern.quote(MysqlMarks.CLAIM) + "$).*" : oneOf(tables);
    words.add("--regex=^" + Pattern.quote(database) + "(\\." + wanted + ")?$");
    return words;
  }

  /** Into a database; all that was dumped, or chosen tables of it and the sentinel. */
  List<String> load(String database, List<String> tables) {
    List<String> words = new ArrayList<>(LOAD);
    words.add(product());
    words.add("--database=" + database);
    if (!tables.isEmpty()) {
      words.add("--regex=^[^.]+(\\." + oneOf(tables) + ")?$");
    }
    return words;
  }

  /** What mydumper's sessions are told, which no argument says. */
  List<String> settings() {
    List<String> lines = new ArrayList<>();
    lines.add("[mydumper_session_variables]");
    lines.add("lock_wait_timeout = " + LOCK_SECONDS);
    if (server.engine() == Engine.MYSQL && modern()) {
      // It reads the columns of EXPLAIN, which 9 writes as a tree.
      lines.add("explain_format = TRADITIONAL");
    }
    return lines;
  }

  /** None: they keep a file of the machine's out. */
  List<String> loadSettings() {
    return List.of("[myloader]");
  }

  /**
   * Builds of distributions do not say that they are MySQL; and it would take 9 for one that has
   * neither SHOW BINARY LOG STATUS nor LOCK INSTANCE FOR BACKUP, which 8.4 has.
   */
  private String product() {
    String version =
        server.engine() == Engine.MARIADB
            ? "mariadb-%d.%d.0".formatted(server.major(), server.minor())
            : modern() ? "mysql-8.4.0" : "mysql-8.0.36";
    return "--server-version=" + version;
  }

  private boolean modern() {
    return server.major() > 8 || server.minor() >= 4;
  }

  private static String oneOf(List<String> tables) {
    return tables.stream()
        .map(Names::table)
        .map(Pattern::quote)
        .collect(Collectors.joining("|", "(" + Pattern.quote(MysqlMarks.SENTINEL) + "|", ")"));
  }
}
