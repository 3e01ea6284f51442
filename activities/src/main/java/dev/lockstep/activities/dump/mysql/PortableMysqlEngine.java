package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * MySQL and MariaDB without any client program.
 *
 * <p>Carried: tables with all rows, views, functions, procedures, triggers and events, in the words
 * of {@code SHOW CREATE}; the accounts that they run as, with their rights in the database. FLOAT
 * values come back exactly. Everything else is refused by name before anything is read. Not
 * carried, and not part of a database for the dump programs either: its default character set.
 *
 * <p>Everything is read in one session, in one transaction with a consistent snapshot: these
 * products cannot share a snapshot between sessions. A table that is altered between the snapshot
 * and its rows makes the server end the dump (error 1412), which then begins anew.
 */
public final class PortableMysqlEngine implements DumpEngine {
  /** With the version of the layout. */
  static final String METHOD = "portable 1";

  private final Databases databases;

  /** Connects by JDBC only. */
  public PortableMysqlEngine(Databases databases) {
    this.databases = databases;
  }

  @Override
  public DumpFacts inspect(Database database, Backup backup) {
    requireOneDatabase(backup);
    return MysqlFaults.translated(
            () -> databases.open(database).withHandle(handle -> look(database, backup, handle)))
        .facts();
  }

  @Override
  public DumpSession dump(Database database, Backup backup, Reporter reporter) {
    requireOneDatabase(backup);
    OwnSession session = MysqlFaults.translated(() -> OwnSession.open(databases.open(database)));
    try {
      return MysqlFaults.translated(
          () -> {
            MysqlSnapshot snapshot = MysqlSnapshot.begin(session);
            Found found = look(database, backup, session.handle());
            return new PortableMysqlDump(snapshot, found, backup.tables(), reporter);
          });
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    if (!facts.engine().equals(MysqlDumpEngine.name(target.engine()))
        || !facts.method().equals(METHOD)) {
      throw refusal(
          FaultCode.DEFINITION_WRONG,
          "a backup by %s of %s cannot be loaded as %s into %s, which is %s"
              .formatted(
                  facts.method(),
                  facts.engine(),
                  METHOD,
                  target.name(),
                  MysqlDumpEngine.name(target.engine())));
    }
    MysqlFaults.translated(
        () -> databases.open(target).withHandle(handle -> MysqlDumpEngine.version(target, handle)));
    return new PortableMysqlLoad(
        () -> MysqlFaults.translated(() -> OwnSession.open(databases.open(target))),
        facts,
        new PortableMysqlLoad.Accounted(
            new Accountant(databases, target), databases.endpoint(target).database()),
        reporter);
  }

  @Override
  public Marks marks(Database database) {
    return new MysqlMarks(databases, database);
  }

  private static void requireOneDatabase(Backup backup) {
    if (backup.dump().scope() == Dump.Scope.SERVER) {
      throw refusal(
          FaultCode.DEFINITION_WRONG, "method portable carries one database, not a server");
    }
  }

  private static Found look(Database database, Backup backup, Handle handle) {
    MysqlDumpEngine.version(database, handle);
    ServerFacts server = ServerFacts.read(handle, Inspection.schemas(backup));
    new Inspection(backup, server, Privileges.read(handle)).run(handle);
    List<String> unsupported = UnsupportedObjects.of(handle, backup.tables());
    if (!unsupported.isEmpty()) {
      throw refusal(
          FaultCode.STATEMENT_REFUSED,
          "method portable does not carry "
              + Inspection.named(unsupported)
              + ": use method dump, or choose tables");
    }
    List<String> missing = UnsupportedObjects.missing(handle, backup.tables());
    if (!missing.isEmpty()) {
      throw refusal(FaultCode.OBJECT_UNEXPECTED, "there is no table " + Inspection.named(missing));
    }
    Accounts.Script accounts =
        new Accounts(handle, database.engine()).read(false, server.database());
    DumpFacts facts =
        new DumpFacts(
            MysqlDumpEngine.name(database.engine()),
            server.versionText(),
            "",
            METHOD,
            server.now(),
            Optional.empty(),
            Optional.empty(),
            server.bytes(),
            new TreeMap<>());
    return new Found(
        facts,
        server.database(),
        new AccountScript(server.database(), accounts.before()),
        new AccountScript(server.database(), accounts.after()));
  }

  private static ApplicationFailure refusal(FaultCode code, String message) {
    return Faults.failure(code, message, "");
  }

  /** What was found before a dump. */
  record Found(DumpFacts facts, String database, AccountScript accounts, AccountScript grants) {}
}
