package dev.lockstep.activities.connection;

import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database listens, for programs that take no JDBC URL.
 *
 * @param host name or address, without brackets
 * @param database its name on that server
 */
public record Address(String host, int port, String database) {
  private static final Pattern URL =
      Pattern.compile(
          "jdbc:\\w+://(?:\\[(?<v6>[0-9A-Fa-f:.%]+)]|(?<host>[^/:?,\\[\\]]+))(?::(?<port>\\d{1,5}))?"
              + "/(?<database>[^?&]+)(?:\\?.*)?");

  /**
   * That of a definition, with the port of the product where it has none.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code DEFINITION_WRONG} where the URL has not
   *     exactly one host and a database
   */
  public static Address of(Database database, ConnectionSettings settings) {
    Matcher url = URL.matcher(JdbcUrl.of(database, settings));
    if (!url.matches()) {
      throw Faults.failure(
          FaultCode.DEFINITION_WRONG,
          "the address of "
              + database.name()
              + " has not one host and one database, which client programs need",
          "");
    }
    String host = url.group("v6") == null ? url.group("host") : url.group("v6");
    String port = url.group("port");
    return new Address(
        host,
        port == null ? usualPort(database.engine()) : Integer.parseInt(port),
        URLDecoder.decode(url.group("database"), StandardCharsets.UTF_8));
  }

  private static int usualPort(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> 5432;
      case MYSQL, MARIADB -> 3306;
    };
  }
}
