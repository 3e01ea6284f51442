package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.definitions.plan.TableName;
import java.nio.file.Path;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;

/**
 * A database whose table is to be changed.
 *
 * @param folder for the files of whoever changes it
 */
record Target(Server server, String database, int rows, Path folder) {
  static final TableName TABLE = new TableName("public", "customers");

  /** The column that the change adds. */
  static final String COLUMN = "full_name";

  /** Sessions under that name. */
  Jdbi sessions(String application) {
    Properties properties = new Properties();
    properties.setProperty("user", server.login().user());
    properties.setProperty("password", server.login().password());
    properties.setProperty("ApplicationName", application);
    return Jdbi.create(server.jdbcUrl(database), properties);
  }

  String uri() {
    return server.uri(database);
  }
}
