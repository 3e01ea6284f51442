package dev.lockstep.activities.dump;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import java.util.List;

final class MemoryDatabaseTest extends DumpEngineContract {
  private final Database source = database("shop");
  private final MemoryDatabase from = new MemoryDatabase();
  private final MemoryDatabase into = new MemoryDatabase();

  private static Database database(String name) {
    return new Database(
        name,
        Engine.POSTGRESQL,
        new Connection.Url("jdbc:postgresql://127.0.0.1:1/" + name),
        new Credentials.None(),
        List.of());
  }

  @Override
  protected MemoryDatabase engine(Database database) {
    return database.equals(source) ? from : into;
  }

  @Override
  protected Database source() {
    return source;
  }

  @Override
  protected Database target() {
    return database("shop-copy");
  }

  @Override
  protected void table(Database database, String name, int rows) {
    engine(database).table(name, rows);
  }
}
