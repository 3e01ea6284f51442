package dev.lockstep.activities.dump.portable;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpEngineContract;
import dev.lockstep.activities.dump.postgres.PostgresDumpEngine;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.definitions.model.Database;
import org.junit.jupiter.api.AfterEach;

/** With the marks of PostgreSQL, as in a worker. */
final class PortableContractRealIT extends DumpEngineContract {
  private final Database shop = TestServer.newDatabase();
  private final Database copy = TestServer.newDatabase();
  private final Databases databases = TestServer.databases();
  private final ClusterConnection cluster = ClusterConnection.fromEnvironment();
  private final PortableEngine engine =
      new PortableEngine(databases, new PostgresDumpEngine(databases, cluster)::marks);

  @AfterEach
  void drop() {
    cluster.close();
    databases.close();
    TestServer.drop(shop);
    TestServer.drop(copy);
  }

  @Override
  protected DumpEngine engine(Database database) {
    return engine;
  }

  @Override
  protected Database source() {
    return shop;
  }

  @Override
  protected Database target() {
    return copy;
  }

  @Override
  protected void table(Database database, String name, int rows) {
    TestServer.execute(
        database,
        "CREATE TABLE " + name + " (id integer)",
        "INSERT INTO " + name + " SELECT generate_series(1, " + rows + ")");
  }
}
