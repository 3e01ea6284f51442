package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * MySQL by mysqldump and mysql, MariaDB by mariadb-dump and mariadb.
 *
 * <p>Rows are of one snapshot, which the program takes. Hence they are not counted: no other
 * session can see the same one. Where the server writes a binary log and the user may ask for its
 * position, the dump knows the exact one; MySQL stops all writes for a moment to tell it.
 *
 * <p>Both programs write FLOAT columns with six digits, so that a value with more comes back
 * changed; DOUBLE and DECIMAL come back exactly. A dump of a database with such columns says so as
 * its method.
 */
public final class MysqlDumpEngine implements DumpEngine {
  /** Told in the facts, because nothing else shows it: values of FLOAT columns may change. */
  private static final String SIX_DIGITS = " plain, six digits of FLOAT columns";

  private final Databases databases;
  private final Places places;
  private final Optional<String> folder;

  /**
   * Runs programs where {@code places} says.
   *
   * @param folder of the worker's programs; absent: PATH. In pods it is always that
   */
  public MysqlDumpEngine(Databases databases, Places places, Optional<String> folder) {
    this.databases = databases;
    this.places = places;
    this.folder = folder;
  }

  @Override
  public DumpFacts inspect(Database database, Backup backup) {
    try (Place place = places.open(database, backup, "inspect", () -> {})) {
      return look(database, backup, place).facts();
    }
  }

  @Override
  public DumpSession dump(Database database, Backup backup, Reporter reporter) {
    Place place = places.open(database, backup, "dump", reporter::alive);
    try {
      return new MysqlDumpSession(place, look(database, backup, place), reporter);
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    requireProduct(facts, target);
    Place place = places.open(target, backup, "load", reporter::alive);
    try {
      Client client = Client.of(databases, target, backup, folder);
      ClientVersion server = open(target, handle -> version(target, handle));
      ClientVersion program = client.version(place, client.loadProgram());
      program.require(server, client.loadProgram());
      return new MysqlLoadSession(
          place, client, new Accountant(databases, target), reporter, backup.dump().scope());
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
  }

  @Override
  public Marks marks(Database database) {
    return new MysqlMarks(databases, database);
  }

  /** Each product's dumps are its own. */
  static void requireProduct(DumpFacts facts, Database target) {
    if (!facts.engine().equals(name(target.engine()))) {
      throw Faults.failure(
          FaultCode.DEFINITION_WRONG,
          "a dump of %s does not fit %s, which is %s"
              .formatted(facts.engine(), target.name(), name(target.engine())),
          "");
    }
  }

  private Look look(Database database, Backup backup, Place place) {
    Client client = Client.of(databases, database, backup, folder);
    ClientVersion program = client.version(place, client.dumpProgram());
    return open(
        database,
        handle -> {
          ClientVersion server = version(database, handle);
          program.require(server, client.dumpProgram());
          return look(handle, backup, client, program);
        });
  }

  private static Look look(Handle handle, Backup backup, Client client, ClientVersion program) {
    ServerFacts server = ServerFacts.read(handle, Inspection.schemas(backup));
    Inspection inspection = new Inspection(backup, server, Privileges.read(handle));
    inspection.run(handle);
    boolean whole = backup.dump().scope() == Dump.Scope.SERVER;
    Accounts accounts = new Accounts(handle, program.engine());
    Accounts.Script script = accounts.read(whole, server.database());
    DumpArguments arguments =
        new DumpArguments(
            backup, program, inspection.tellsPosition(), ServerFacts.databases(handle));
    DumpFacts facts =
        new DumpFacts(
            name(program.engine()),
            server.versionText(),
            client.dumpProgram() + " " + program.text(),
            client.dumpProgram() + (server.floats() ? SIX_DIGITS : " plain"),
            server.now(),
            Optional.empty(),
            Optional.empty(),
            server.bytes(),
            new TreeMap<>());
    String of = whole ? "" : server.database();
    return new Look(
        facts,
        client.dump(arguments),
        whole ? "server.sql" : "database.sql",
        new AccountScript(of, script.before()),
        new AccountScript(of, script.after()));
  }

  static ClientVersion version(Database database, Handle handle) {
    String text = handle.createQuery("SELECT version()").mapTo(String.class).one();
    ClientVersion server = ClientVersion.parse(text);
    if (server.engine() != database.engine()) {
      throw wrongProduct(database, text);
    }
    return server;
  }

  private static ApplicationFailure wrongProduct(Database database, String text) {
    return Faults.failure(
        FaultCode.DEFINITION_WRONG,
        "%s is defined as %s, its server says %s"
            .formatted(database.name(), name(database.engine()), text),
        "");
  }

  private <T> T open(Database database, HandleCallback<T, RuntimeException> work) {
    return MysqlFaults.translated(() -> databases.open(database).withHandle(work));
  }

  static String name(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> "postgresql";
      case MYSQL -> "mysql";
      case MARIADB -> "mariadb";
    };
  }

  /** What was found before a dump. */
  record Look(
      DumpFacts facts,
      Program program,
      String part,
      AccountScript accounts,
      AccountScript grants) {}
}
