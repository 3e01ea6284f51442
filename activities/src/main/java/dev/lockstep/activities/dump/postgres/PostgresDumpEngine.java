package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.dump.place.ProgramPlaces;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * PostgreSQL by pg_dump, pg_dumpall, pg_restore and psql.
 *
 * <p>All parts of a database show one exported snapshot; roles and passwords have none. Tables of
 * the ledger are left out, so that a copy owns no run of its original; the sentinel and functions
 * in its schema are kept. pg_dumpall cannot leave anything out: a copy of a whole server has the
 * ledgers of its databases.
 */
public final class PostgresDumpEngine implements DumpEngine {
  private final Databases databases;
  private final Sites sites;

  /** Looks for programs where they usually are. */
  public PostgresDumpEngine(Databases databases, ClusterConnection cluster) {
    this(databases, cluster, Optional.empty());
  }

  /**
   * Looks for programs in one folder of the worker.
   *
   * @param folder of the worker's programs; absent: PATH and the usual ones. In pods it is always
   *     those
   */
  public PostgresDumpEngine(
      Databases databases, ClusterConnection cluster, Optional<String> folder) {
    this.databases = databases;
    this.sites = new Sites(databases, new ProgramPlaces(cluster), folder);
  }

  @Override
  public DumpFacts inspect(Database database, Backup backup) {
    return PostgresFaults.translated(
        "",
        () -> {
          try (Handle handle = databases.open(database).open()) {
            List<TableName> chosen = selection(backup, new Catalogue(handle));
            new Readability(handle).check(backup.dump().scope(), chosen);
            try (Site site = sites.open(database, backup, "inspect", () -> {})) {
              Programs programs = site.programs(Snapshot.needed(handle));
              return Snapshot.facts(handle, programs.client(), method(backup, programs));
            }
          }
        });
  }

  private static String method(Backup backup, Programs programs) {
    DumpCommands.Content none =
        new DumpCommands.Content("", List.of(), List.of(), List.of(), false, false);
    return new DumpCommands(backup, programs, "", none).method();
  }

  @Override
  public DumpSession dump(Database database, Backup backup, Reporter reporter) {
    return PostgresFaults.translated(
        "",
        () -> {
          Opened opened = new Opened();
          try {
            Snapshot snapshot = opened.keep(Snapshot.begin(databases.open(database).open()));
            Site site = opened.keep(sites.open(database, backup, "dump", reporter::alive));
            Pulse pulse = opened.keep(new Pulse(reporter));
            return Watch.over(
                snapshot.handle().getConnection(),
                reporter,
                () -> session(backup, snapshot, site, pulse));
          } catch (RuntimeException e) {
            opened.close();
            throw e;
          }
        });
  }

  private static DumpSession session(Backup backup, Snapshot snapshot, Site site, Pulse pulse) {
    Handle handle = snapshot.handle();
    Programs programs = site.programs(Snapshot.needed(handle));
    Catalogue catalogue = new Catalogue(handle);
    List<TableName> chosen = selection(backup, catalogue);
    List<Catalogue.Table> tables =
        catalogue.tables().stream()
            .filter(table -> chosen.isEmpty() || chosen.contains(table.name()))
            .toList();
    DumpCommands.Content content =
        new DumpCommands.Content(
            snapshot.id(),
            tables,
            chosen,
            catalogue.ledger(),
            snapshot.standby(),
            new Readability(handle).readsPasswords());
    String name = handle.createQuery("SELECT current_database()").mapTo(String.class).one();
    DumpCommands commands = new DumpCommands(backup, programs, name, content);
    DumpFacts facts =
        Snapshot.facts(handle, programs.client(), commands.method())
            .withRows(new RowCounts(handle).of(tables.stream().filter(it -> !it.ours()).toList()));
    return new PostgresDumpSession(snapshot, site, pulse, facts, commands.parts());
  }

  private static List<TableName> selection(Backup backup, Catalogue catalogue) {
    if (backup.tables().isEmpty()) {
      return List.of();
    }
    if (backup.dump().scope() == Dump.Scope.SERVER) {
      throw Faults.failure(
          FaultCode.DEFINITION_WRONG, "pg_dumpall dumps all tables; tables cannot be chosen", "");
    }
    List<TableName> chosen = new ArrayList<>(catalogue.withParts(backup.tables()));
    if (catalogue.hasSentinel()) {
      chosen.add(Catalogue.SENTINEL);
    }
    return chosen;
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    return PostgresFaults.translated(
        "",
        () -> {
          Opened opened = new Opened();
          try {
            Handle handle = opened.keep(databases.open(target).open());
            Site site = opened.keep(sites.open(target, backup, "load", reporter::alive));
            Pulse pulse = opened.keep(new Pulse(reporter));
            Programs programs = site.programs(writer(facts));
            return new PostgresLoadSession(handle, site, pulse, programs, backup);
          } catch (RuntimeException e) {
            opened.close();
            throw e;
          }
        });
  }

  /** What wrote the dump: nothing older reads it. */
  private static Programs.Needed writer(DumpFacts facts) {
    int major = Integer.parseInt(facts.client().replaceFirst("\\D*(\\d+).*", "$1"));
    return new Programs.Needed(major, "the dump is of " + facts.client());
  }

  @Override
  public Marks marks(Database database) {
    return new PostgresMarks(databases.open(database));
  }
}
