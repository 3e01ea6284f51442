package dev.lockstep.deploy.bench.rivals;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The PostgreSQL server that all work on.
 *
 * @param database that is there already, for the statements that make others
 */
record Server(String host, int port, String database, Login login) {
  private static final String JDBC = "jdbc:";
  private static final int USUAL_PORT = 5432;

  /** A role that may create databases. */
  record Login(String user, String password) {}

  /** Reads {@code jdbc:postgresql://HOST:PORT/DATABASE?user=…&password=…}. */
  static Server parse(String jdbcUrl) {
    if (!jdbcUrl.startsWith(JDBC + "postgresql://")) {
      // The value may hold a password: it is not repeated.
      throw new IllegalArgumentException("--database wants jdbc:postgresql://HOST:PORT/DATABASE");
    }
    URI uri = URI.create(jdbcUrl.substring(JDBC.length()));
    Map<String, String> options = options(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    return new Server(
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        uri.getPath().substring(1),
        new Login(options.getOrDefault("user", "postgres"), options.getOrDefault("password", "")));
  }

  /** Without user and password. */
  String jdbcUrl(String name) {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
  }

  /** As libpq and what speaks like it read it. */
  String uri(String name) {
    String password = login.password().isEmpty() ? "" : ":" + encode(login.password());
    return "postgres://%s%s@%s:%d/%s?sslmode=disable"
        .formatted(encode(login.user()), password, host, port, name);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new HashMap<>();
    for (String option : query.split("&", -1)) {
      int equals = option.indexOf('=');
      if (equals > 0) {
        options.put(
            option.substring(0, equals),
            URLDecoder.decode(option.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return options;
  }
}
