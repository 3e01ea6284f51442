package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.ProgramPlaces;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.dump.postgres.Opened;
import dev.lockstep.activities.dump.postgres.Programs;
import dev.lockstep.activities.dump.postgres.Site;
import dev.lockstep.activities.dump.postgres.Sites;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * PostgreSQL by its files and its log. A run takes a base by pg_basebackup where no log can be
 * added, and else the log since the newest backup that is in the store.
 *
 * <ol>
 *   <li>A replication slot keeps the log from the newest backup on. Only the run after it moves the
 *       slot there: one that dies loses nothing.
 *   <li>Why no log can be added stands in the base that is taken instead.
 * </ol>
 */
public final class PhysicalEngine implements DumpEngine {
  private static final String BASE = "pg_basebackup";

  private final Databases databases;
  private final Sites sites;
  private final Optional<String> folder;
  private final Function<Database, Marks> marks;

  /**
   * Looks for programs in one folder of the worker.
   *
   * @param folder of the worker's programs; absent: PATH and the usual ones
   * @param marks those of a database that is served by somebody else
   */
  public PhysicalEngine(
      Databases databases,
      ClusterConnection cluster,
      Optional<String> folder,
      Function<Database, Marks> marks) {
    this.databases = databases;
    this.sites = new Sites(databases, new ProgramPlaces(cluster), folder);
    this.folder = folder;
    this.marks = marks;
  }

  @Override
  public DumpFacts inspect(Database database, Backup backup) {
    return PostgresFaults.translated(
        "",
        () -> {
          try (Handle handle = databases.open(database).open()) {
            new Readiness(handle).check(backup.name());
            LogServer server = log(handle, backup).state();
            try (Site site = sites.open(database, backup, "inspect", () -> {})) {
              Programs programs = programs(site, server);
              new ReplicationTry(site, programs).run(database.name());
              return facts(server, programs.client(BASE));
            }
          }
        });
  }

  /** A base that follows nothing. */
  @Override
  public DumpSession dump(Database database, Backup backup, Reporter reporter) {
    return follow(List::of, database, backup, reporter);
  }

  @Override
  public DumpSession follow(
      Supplier<List<DumpFacts>> chain, Database database, Backup backup, Reporter reporter) {
    Asked asked = new Asked(database, backup, reporter);
    List<DumpFacts> earlier = chain.get();
    return PostgresFaults.translated(
        "",
        () -> {
          Opened opened = new Opened();
          try {
            Handle handle = opened.keep(databases.open(database).open());
            return Watch.over(
                handle.getConnection(),
                reporter,
                () -> begin(earlier, asked, log(handle, backup), opened));
          } catch (RuntimeException e) {
            opened.close();
            throw e;
          }
        });
  }

  private record Asked(Database database, Backup backup, Reporter reporter) {}

  private DumpSession begin(List<DumpFacts> chain, Asked asked, ServerLog log, Opened opened) {
    Pulse pulse = opened.keep(new Pulse(asked.reporter()));
    LogServer server = log.state();
    AddedLog added = new AddedLog(log, chain, server);
    Optional<String> why =
        WhyBase.of(chain, server, asked.backup().dump().baseAge()).or(added::gap);
    if (why.isEmpty()) {
      return added.session(databases.open(asked.database())::open, pulse, opened);
    }
    Site site =
        opened.keep(sites.open(asked.database(), asked.backup(), "dump", asked.reporter()::alive));
    Programs programs = programs(site, server);
    Program program = base(programs, asked);
    log.keep(server.slot());
    DumpFacts facts = facts(server, programs.client(BASE));
    Supplier<Instant> clock =
        () -> databases.open(asked.database()).withHandle(it -> log(it, asked.backup()).now());
    BaseSession.Begun begun = new BaseSession.Begun(clock, site.place(), pulse, opened);
    return new BaseSession(begun, program, server, facts, why.get());
  }

  private static Program base(Programs programs, Asked asked) {
    return programs.program(
        BASE,
        asked.database().name(),
        List.of(
            "--pgdata=-",
            "--format=tar",
            "--wal-method=fetch",
            "--checkpoint=fast",
            "--label=lockstep " + asked.backup().name()));
  }

  private static Programs programs(Site site, LogServer server) {
    return site.programs(
        List.of(BASE, "psql"),
        new Programs.Needed(server.major(), "the server is version " + server.version()));
  }

  private static DumpFacts facts(LogServer server, String client) {
    return new DumpFacts(
        "postgresql",
        server.version(),
        client,
        "base",
        server.now(),
        Optional.of(server.position().toString()),
        Optional.empty(),
        server.bytes(),
        new TreeMap<>());
  }

  private static ServerLog log(Handle handle, Backup backup) {
    return new ServerLog(handle, ServerLog.slotOf(backup.name()));
  }

  @Override
  public OptionalLong held(Database database, Backup backup) {
    return withLog(database, backup, log -> OptionalLong.of(log.state().held()));
  }

  @Override
  public void discarded(Supplier<List<DumpFacts>> chain, Database database, Backup backup) {
    if (chain.get().isEmpty()) {
      withLog(
          database,
          backup,
          log -> {
            log.drop();
            return true;
          });
    }
  }

  private <T> T withLog(Database database, Backup backup, Function<ServerLog, T> work) {
    return PostgresFaults.translated(
        "",
        () -> {
          try (Handle handle = databases.open(database).open()) {
            return work.apply(log(handle, backup));
          }
        });
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    FolderServer server = server(target, (Connection.Folder) target.connection());
    return new FolderLoad(server, facts, new Pulse(reporter));
  }

  @Override
  public Marks marks(Database database) {
    return database.connection() instanceof Connection.Folder folder
        ? new FolderMarks(server(database, folder))
        : marks.apply(database);
  }

  private FolderServer server(Database database, Connection.Folder at) {
    FolderPrograms programs = new FolderPrograms(new ServerFolder(Path.of(at.path())), folder);
    Optional<String> role = databases.login(database).username();
    return new FolderServer(programs, new FolderQuestions(programs, at.database(), role));
  }
}
