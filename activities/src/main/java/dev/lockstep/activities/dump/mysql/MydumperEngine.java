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
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * One database of MySQL or MariaDB by mydumper and myloader, several sessions at a time.
 *
 * <p>They carry the tables; accounts, views, routines, triggers and events are carried as {@link
 * PortableMysqlEngine} does it. All sessions begin their transactions under one lock, which lasts
 * until the last has begun; rows are counted by mydumper as it writes them.
 *
 * <p>What it cannot carry is refused as by {@link PortableMysqlEngine}, FLOAT columns have six
 * digits as in {@link MysqlDumpEngine}.
 */
public final class MydumperEngine implements DumpEngine {
  private static final String METHOD = "mydumper stream";
  private static final String SIX_DIGITS = ", six digits of FLOAT columns";

  /** The lock, and where the log stands under it: without the second mydumper fails at its end. */
  private static final List<String> NEEDED_MYSQL =
      List.of("RELOAD", "BACKUP_ADMIN", "REPLICATION CLIENT");

  private static final List<String> NEEDED_MARIADB = List.of("RELOAD", "BINLOG MONITOR");

  private final Databases databases;
  private final Places places;
  private final Optional<String> folder;

  /**
   * Runs programs where {@code places} says.
   *
   * @param folder of the worker's programs; absent: PATH. In pods it is always that
   */
  public MydumperEngine(Databases databases, Places places, Optional<String> folder) {
    this.databases = databases;
    this.places = places;
    this.folder = folder;
  }

  /** Whether it is the one that loads such a dump. */
  static boolean wrote(DumpFacts facts) {
    return facts.method().startsWith(METHOD);
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
      return new MydumperSession(place, look(database, backup, place), reporter);
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    MysqlDumpEngine.requireProduct(facts, target);
    Place place = places.open(target, backup, "load", reporter::alive);
    try {
      Client client = Client.of(databases, target, backup, folder);
      ClientVersion server =
          MysqlFaults.translated(
              () ->
                  databases
                      .open(target)
                      .withHandle(handle -> MysqlDumpEngine.version(target, handle)));
      requireServer(server);
      version(client, place, Client.MYLOADER).requireFor(MydumperVersion.parse(facts.client()));
      PortableMysqlLoad others =
          new PortableMysqlLoad(
              () -> MysqlFaults.translated(() -> OwnSession.open(databases.open(target))),
              facts,
              new PortableMysqlLoad.Accounted(
                  new Accountant(databases, target), client.databaseName()),
              reporter);
      return new MyloaderSession(
          new MyloaderSession.Programs(place, client, new MydumperArguments(server)),
          others,
          new LeftStatements(databases, target),
          reporter);
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
  }

  @Override
  public Marks marks(Database database) {
    return new MysqlMarks(databases, database);
  }

  private Look look(Database database, Backup backup, Place place) {
    if (backup.dump().scope() == Dump.Scope.SERVER) {
      throw refusal(
          FaultCode.DEFINITION_WRONG, "program mydumper carries one database, not a server");
    }
    Client client = Client.of(databases, database, backup, folder);
    MydumperVersion program = version(client, place, Client.MYDUMPER);
    OwnSession session = MysqlFaults.translated(() -> OwnSession.open(databases.open(database)));
    try {
      return MysqlFaults.translated(
          () -> {
            MysqlSnapshot.begin(session);
            Look found = look(database, backup, session.handle(), client, program);
            session.leave();
            return found;
          });
    } finally {
      session.close();
    }
  }

  private static Look look(
      Database database, Backup backup, Handle handle, Client client, MydumperVersion program)
      throws SQLException {
    ClientVersion version = MysqlDumpEngine.version(database, handle);
    requireServer(version);
    ServerFacts server = ServerFacts.read(handle, Inspection.schemas(backup));
    Privileges privileges = Privileges.read(handle);
    new Inspection(backup, server, privileges).run(handle);
    requirePrivileges(version, privileges);
    requireCarried(handle, backup.tables());
    Accounts.Script accounts =
        new Accounts(handle, version.engine()).read(false, server.database());
    List<String> chosen = backup.tables().stream().map(Names::table).toList();
    ObjectScript objects = new ObjectScript(new ObjectReader(handle).others()).of(chosen);
    DumpFacts facts =
        new DumpFacts(
            MysqlDumpEngine.name(version.engine()),
            server.versionText(),
            Client.MYDUMPER + " " + program.text(),
            METHOD + (server.floats() ? SIX_DIGITS : ""),
            server.now(),
            Optional.empty(),
            Optional.empty(),
            server.bytes(),
            new TreeMap<>());
    MydumperArguments arguments = new MydumperArguments(version);
    return new Look(
        facts,
        server.database(),
        client.mydumper(
            MydumperScript.dump(arguments.settings()),
            arguments.dump(server.database(), backup.tables())),
        objects,
        new AccountScript(server.database(), accounts.before()),
        new AccountScript(server.database(), accounts.after()));
  }

  private static MydumperVersion version(Client client, Place place, String program) {
    MydumperVersion version =
        MydumperVersion.parse(client.said(place, MydumperScript.version(), program));
    version.require(program);
    return version;
  }

  /** Older ones have no lock that lets rows be written. */
  private static void requireServer(ClientVersion server) {
    boolean mariadb = server.engine() == Engine.MARIADB;
    boolean old =
        mariadb
            ? server.major() < 10 || (server.major() == 10 && server.minor() < 5)
            : server.major() < 8;
    if (old) {
      throw refusal(
          FaultCode.DEFINITION_WRONG,
          "program mydumper is for %s or newer, the server is %s; leave it out, or use method portable"
              .formatted(mariadb ? "MariaDB 10.5" : "MySQL 8.0", server.text()));
    }
  }

  private static void requirePrivileges(ClientVersion server, Privileges privileges) {
    List<String> missing =
        privileges.missingOnServer(
            server.engine() == Engine.MARIADB ? NEEDED_MARIADB : NEEDED_MYSQL);
    if (!missing.isEmpty()) {
      throw refusal(
          FaultCode.PRIVILEGE_MISSING,
          "the user needs %s on *.* for the lock under which mydumper's sessions begin"
              .formatted(String.join(", ", missing)));
    }
  }

  private static void requireCarried(Handle handle, List<String> tables) {
    List<String> unsupported = UnsupportedObjects.of(handle, tables);
    if (!unsupported.isEmpty()) {
      throw refusal(
          FaultCode.STATEMENT_REFUSED,
          "program mydumper does not carry %s: leave it out, or choose tables"
              .formatted(Inspection.named(unsupported)));
    }
    List<String> missing = UnsupportedObjects.missing(handle, tables);
    if (!missing.isEmpty()) {
      throw refusal(FaultCode.OBJECT_UNEXPECTED, "there is no table " + Inspection.named(missing));
    }
  }

  private static ApplicationFailure refusal(FaultCode code, String message) {
    return Faults.failure(code, message, "");
  }

  /** What was found before a dump. */
  record Look(
      DumpFacts facts,
      String database,
      Program program,
      ObjectScript objects,
      AccountScript accounts,
      AccountScript grants) {}
}
