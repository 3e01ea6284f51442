package dev.lockstep.activities.dump.portable;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * PostgreSQL without any client program.
 *
 * <p>Carried: schemas, enums, sequences with their values, tables with defaults, identities,
 * generated columns and options, all rows, all constraints and indexes, replica identities, views
 * and comments. Not carried: owners and grants, as with {@code pg_dump --no-owner --no-privileges}.
 * Everything else is refused by name before anything is read, so that what is accepted comes back
 * equal.
 *
 * <p>Definitions are the server's own words, not those of Liquibase's snapshot: that one knows no
 * check constraints, partial or expression indexes, exclusion constraints or generated columns.
 * They are stored as a changelog that Liquibase can run.
 */
public final class PortableEngine implements DumpEngine {
  private static final int NAMED = 10;
  private static final String ENGINE = "postgresql";

  /** With the version of the layout. */
  private static final String METHOD = "portable 1";

  private final Databases databases;
  private final Function<Database, Marks> marks;

  /**
   * Connects by JDBC only.
   *
   * @param marks those of PostgreSQL
   */
  public PortableEngine(Databases databases, Function<Database, Marks> marks) {
    this.databases = databases;
    this.marks = marks;
  }

  @Override
  public DumpFacts inspect(Database database, Backup backup) {
    requirePostgres(database, backup);
    return PostgresFaults.translated(
        "",
        () -> {
          try (Snapshot snapshot = Snapshot.begin(databases.open(database))) {
            return facts(snapshot, checked(snapshot, backup));
          }
        });
  }

  @Override
  public DumpSession dump(Database database, Backup backup, Reporter reporter) {
    requirePostgres(database, backup);
    return PostgresFaults.translated(
        "",
        () -> {
          Snapshot snapshot = Snapshot.begin(databases.open(database));
          try {
            return Watch.over(
                snapshot.handle().getConnection(),
                reporter,
                () -> session(database, backup, snapshot, reporter));
          } catch (RuntimeException e) {
            snapshot.close();
            throw e;
          }
        });
  }

  private DumpSession session(
      Database database, Backup backup, Snapshot snapshot, Reporter reporter) {
    String before = snapshot.position();
    List<Snapshot.Table> tables = checked(snapshot, backup);
    snapshot.lock(tables);
    DumpFacts facts = facts(snapshot, tables).withPosition(Optional.of(before));
    return new PortableDumpSession(
        databases.open(database), snapshot, new Extent(facts, tables, backup), reporter);
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    requirePostgres(target, backup);
    if (!facts.engine().equals(ENGINE) || !facts.method().equals(METHOD)) {
      throw refusal(
          FaultCode.DEFINITION_WRONG,
          "a backup by %s of %s cannot be loaded as %s"
              .formatted(facts.method(), facts.engine(), METHOD));
    }
    return new PortableLoadSession(databases.open(target), facts, reporter);
  }

  @Override
  public Marks marks(Database database) {
    return marks.apply(database);
  }

  private static void requirePostgres(Database database, Backup backup) {
    if (database.engine() != Engine.POSTGRESQL) {
      throw refusal(
          FaultCode.DEFINITION_WRONG,
          "method portable carries PostgreSQL only; %s is of %s: use method dump"
              .formatted(database.name(), database.engine()));
    }
    if (backup.dump().scope() == Dump.Scope.SERVER) {
      throw refusal(
          FaultCode.DEFINITION_WRONG, "method portable carries one database, not a server");
    }
  }

  /** The tables, where everything can be carried. */
  private static List<Snapshot.Table> checked(Snapshot snapshot, Backup backup) {
    List<String> unsupported = Unsupported.of(snapshot.handle());
    if (!unsupported.isEmpty()) {
      throw refusal(
          FaultCode.STATEMENT_REFUSED,
          "method portable does not carry " + named(unsupported) + ": use method dump");
    }
    List<String> unreadable =
        snapshot.handle().createQuery(DefinitionQueries.UNREADABLE).mapTo(String.class).list();
    if (!unreadable.isEmpty()) {
      throw refusal(FaultCode.PRIVILEGE_MISSING, "the user needs SELECT on " + named(unreadable));
    }
    List<Snapshot.Table> tables = snapshot.tables();
    List<String> names = tables.stream().map(Snapshot.Table::qualified).toList();
    List<String> missing =
        qualified(backup.tables()).stream().filter(table -> !names.contains(table)).toList();
    if (!missing.isEmpty()) {
      throw refusal(FaultCode.OBJECT_UNEXPECTED, "there is no table " + named(missing));
    }
    return tables.stream().filter(table -> Extent.chosen(backup, table)).toList();
  }

  private static DumpFacts facts(Snapshot snapshot, List<Snapshot.Table> tables) {
    return new DumpFacts(
        ENGINE,
        snapshot.version(),
        "",
        METHOD,
        snapshot.now(),
        Optional.empty(),
        Optional.empty(),
        tables.stream().mapToLong(Snapshot.Table::bytes).sum(),
        new TreeMap<>());
  }

  /** A table without a schema is that of {@code public}. */
  static List<String> qualified(List<String> tables) {
    return tables.stream().map(it -> it.contains(".") ? it : "public." + it).toList();
  }

  private static String named(List<String> names) {
    String first = String.join(", ", names.stream().limit(NAMED).toList());
    return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
  }

  private static ApplicationFailure refusal(FaultCode code, String message) {
    return Faults.failure(code, message, "");
  }

  /**
   * What a dump is of.
   *
   * @param tables those of the backup
   */
  record Extent(DumpFacts facts, List<Snapshot.Table> tables, Backup backup) {
    Extent {
      tables = List.copyOf(tables);
    }

    /** The sentinel always is. */
    static boolean chosen(Backup backup, Snapshot.Table table) {
      return backup.tables().isEmpty()
          || PortableEngine.qualified(backup.tables()).contains(table.qualified())
          || table.qualified().equals(SENTINEL);
    }

    /** The tables whose definitions are wanted; empty: everything. */
    List<String> choice() {
      return backup.tables().isEmpty()
          ? List.of()
          : tables.stream().map(Snapshot.Table::qualified).toList();
    }
  }

  /** Where the marks of PostgreSQL have it. */
  static final String SENTINEL = "lockstep.sentinel";
}
