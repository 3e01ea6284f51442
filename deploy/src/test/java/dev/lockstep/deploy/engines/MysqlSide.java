package dev.lockstep.deploy.engines;

import dev.lockstep.activities.connection.ConnectionSettings;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.SecretReader;
import dev.lockstep.activities.dump.mysql.MydumperEngine;
import dev.lockstep.activities.dump.mysql.MysqlDumpEngine;
import dev.lockstep.activities.dump.mysql.PortableMysqlEngine;
import dev.lockstep.activities.dump.place.WorkerPlace;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.deploy.testbed.Testbed;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/** A MySQL or MariaDB of the testbed, new databases on it, and the engine under trial. */
final class MysqlSide implements AutoCloseable {
  static final String MYDUMPER = "LOCKSTEP_TESTBED_MYDUMPER_BIN";

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Engine engine;
  private final String url;
  final Map<String, String> environment =
      new ConcurrentHashMap<>(Map.of("MY_USER", "root", "MY_PASSWORD", "root"));
  final Databases databases =
      new Databases(
          ConnectionSettings.DEFAULT,
          SecretReader.NONE,
          name -> Optional.ofNullable(environment.get(name)));
  final MysqlDumpEngine dumps;
  final MydumperEngine mydumper;
  final PortableMysqlEngine portable = new PortableMysqlEngine(databases);

  MysqlSide(Engine engine, Testbed testbed) {
    this(engine, testbed, engine);
  }

  /** With the programs of one product. */
  MysqlSide(Engine engine, Testbed testbed, Engine programs) {
    this.engine = engine;
    this.url = testbed.value("LOCKSTEP_TESTBED_" + engine, part(engine));
    String folder = testbed.value("LOCKSTEP_TESTBED_" + programs + "_BIN", part(programs));
    this.dumps =
        new MysqlDumpEngine(
            databases,
            (database, backup, purpose, alive) -> new WorkerPlace(),
            Optional.of(folder));
    this.mydumper =
        new MydumperEngine(
            databases,
            (database, backup, purpose, alive) -> new WorkerPlace(),
            Optional.of(testbed.has(MYDUMPER) ? testbed.value(MYDUMPER, "mydumper") : "/nowhere"));
  }

  private static String part(Engine engine) {
    return engine == Engine.MYSQL ? "mysql" : "mariadb";
  }

  Database create(String kind) {
    String name = "trial_" + kind + "_" + ProcessHandle.current().pid() + NAMES.incrementAndGet();
    use("mysql", "CREATE DATABASE " + name);
    return named(name);
  }

  Database named(String name) {
    return new Database(
        name,
        engine,
        new Connection.Url(
            url + name + "?sslMode=" + (engine == Engine.MYSQL ? "trust" : "disable")),
        new Credentials.Environment("MY_USER", "MY_PASSWORD"),
        List.of());
  }

  void drop(Database database) {
    use("mysql", "DROP DATABASE IF EXISTS " + database.name());
  }

  void use(String database, String... statements) {
    databases
        .open(named(database))
        .useHandle(handle -> List.of(statements).forEach(sql -> run(handle, sql)));
  }

  /** Without JDBI's parameters: a body of a trigger may have colons. */
  private static void run(Handle handle, String sql) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  <T> T ask(Database database, HandleCallback<T, RuntimeException> work) {
    return databases.open(database).withHandle(work);
  }

  static Backup backup(Database database, Dump.Scope scope, String... tables) {
    return new Backup(
        "nightly",
        database.name(),
        "safe",
        Backup.Method.DUMP,
        new Dump(Dump.Through.CLIENT, Dump.Format.PLAIN, scope, Optional.empty(), Optional.empty()),
        List.of(tables),
        Retention.ALL,
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void close() {
    databases.close();
  }
}
