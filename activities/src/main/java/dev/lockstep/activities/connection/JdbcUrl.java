package dev.lockstep.activities.connection;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;

/** The address of a database as its driver takes it. */
record JdbcUrl(String serviceTemplate) implements Connection.Visitor<String> {
  private static final String MYSQL = "jdbc:mysql:";
  private static final String MARIADB = "jdbc:mariadb:";

  /** MySQL is reached by the driver of MariaDB, which takes its own scheme only. */
  static String of(Database database, ConnectionSettings settings) {
    String url =
        database.connection().accept(new JdbcUrl(settings.serviceTemplate(database.engine())));
    return url.startsWith(MYSQL) ? MARIADB + url.substring(MYSQL.length()) : url;
  }

  @Override
  public String url(Connection.Url url) {
    return url.jdbcUrl();
  }

  @Override
  public String service(Connection.Service service) {
    return serviceTemplate
        .replace("{name}", service.name())
        .replace("{namespace}", service.namespace())
        .replace("{port}", Integer.toString(service.port()))
        .replace("{database}", service.database());
  }

  /** Its server runs for single questions, without an address. */
  @Override
  public String folder(Connection.Folder folder) {
    throw Faults.failure(
        FaultCode.INTERNAL_ERROR, "nothing connects to the folder " + folder.path(), "");
  }
}
