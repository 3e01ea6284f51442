package dev.lockstep.deploy.bench.copies;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The database that is backed up, and the one that is restored into. */
final class Databases implements AutoCloseable {
  private static final String FROM = "lockstep_copies_from";
  private static final String INTO = "lockstep_copies_into";
  private static final String CHECKSUM =
      "SELECT count(*) || ' ' || sum(hashtextextended(o::text, 0)) FROM orders o";

  private final String url;
  private final Jdbi server;
  private final String checksum;
  private final long rawBytes;

  private Databases(String url, Jdbi server, String checksum, long rawBytes) {
    this.url = url;
    this.server = server;
    this.checksum = checksum;
    this.rawBytes = rawBytes;
  }

  /** Makes both, and fills the first. */
  static Databases make(String url, int rows) {
    Jdbi server = Jdbi.create(url);
    execute(server, "DROP DATABASE IF EXISTS " + FROM, "CREATE DATABASE " + FROM);
    Jdbi from = Jdbi.create(on(url, FROM));
    execute(
        from,
        "CREATE TABLE orders (id bigint, customer text, note text, at timestamptz, amount numeric)",
        """
        INSERT INTO orders SELECT g, 'customer ' || (g %% 100000),
          repeat(md5(g::text), 3) || repeat(md5((g * 7)::text), 3) || ' to be delivered',
          timestamptz '2026-01-01' + g * interval '1 second', (g %% 100000) / 100.0
        FROM generate_series(1, %d) g
        """
            .formatted(rows),
        "ALTER TABLE orders ADD PRIMARY KEY (id)",
        "CREATE INDEX orders_customer ON orders (customer)",
        "ANALYZE orders");
    long bytes =
        from.withHandle(
            handle ->
                handle
                    .createQuery("SELECT sum(length(o::text) + 1) FROM orders o")
                    .mapTo(Long.class)
                    .one());
    Databases made = new Databases(url, server, checksum(from), bytes);
    made.empty();
    return made;
  }

  /** The second one anew, without anything in it. */
  void empty() {
    execute(server, "DROP DATABASE IF EXISTS " + INTO, "CREATE DATABASE " + INTO);
    server.useHandle(handle -> handle.execute("CHECKPOINT"));
  }

  /** Fails where the second one does not hold the rows of the first; then empties it. */
  void compare() {
    String restored = checksum(Jdbi.create(on(url, INTO)));
    if (!restored.equals(checksum)) {
      throw new IllegalStateException("restored " + restored + ", backed up was " + checksum);
    }
    empty();
  }

  private static String checksum(Jdbi database) {
    return database.withHandle(handle -> handle.createQuery(CHECKSUM).mapTo(String.class).one());
  }

  Jdbi server() {
    return server;
  }

  /** What the rows are in a dump, without the rest of it. */
  long rawBytes() {
    return rawBytes;
  }

  double rawMebibytes() {
    return rawBytes / 1024.0 / 1024;
  }

  /** JDBC addresses without options, for a definition. */
  String from() {
    return plain(on(url, FROM));
  }

  String into() {
    return plain(on(url, INTO));
  }

  /** What the programs of PostgreSQL take, such as {@code host=… port=… dbname=…}. */
  String programs(String address) {
    URI uri = URI.create(plain(address).substring("jdbc:".length()));
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return String.format(
        Locale.ROOT,
        "host=%s port=%d dbname=%s user=%s",
        uri.getHost(),
        port,
        uri.getPath().substring(1),
        option("user").orElse(System.getProperty("user.name")));
  }

  /** An option of the address, such as {@code user}. */
  Optional<String> option(String name) {
    int options = url.indexOf('?');
    if (options < 0) {
      return Optional.empty();
    }
    for (String option : url.substring(options + 1).split("&", -1)) {
      if (option.startsWith(name + "=")) {
        return Optional.of(option.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static String on(String url, String name) {
    return url.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
  }

  private static String plain(String url) {
    return url.replaceFirst("\\?.*", "");
  }

  private static void execute(Jdbi database, String... statements) {
    database.useHandle(
        handle -> {
          for (String statement : statements) {
            handle.execute(statement);
          }
        });
  }

  @Override
  public void close() {
    execute(server, "DROP DATABASE IF EXISTS " + INTO, "DROP DATABASE IF EXISTS " + FROM);
  }
}
