package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.dump.place.Running;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Loads archives by pg_restore and scripts by psql.
 *
 * <ol>
 *   <li>Not in one transaction: it would hold a lock a table and a large object, more than most
 *       servers have room for. A half load is known by its claim and cleared.
 *   <li>pg_restore gives everything to the role that loads. Owners and rights are given at the end,
 *       each by its own statement, so that a role that is missing costs no more than itself.
 *   <li>A script of pg_dump names its owners itself: their roles have to be there.
 * </ol>
 */
final class PostgresLoadSession implements LoadSession {
  static final List<String> SCRIPT =
      List.of("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file=-");

  private static final int GLOBALS_BYTES = 64 << 20;

  private final Target target;
  private final Site site;
  private final Pulse pulse;
  private final Programs programs;
  private final Backup backup;
  private Optional<Selection> selection = Optional.empty();

  PostgresLoadSession(Handle handle, Site site, Pulse pulse, Programs programs, Backup backup) {
    this.target = new Target(handle);
    this.site = site;
    this.pulse = pulse;
    this.programs = programs;
    this.backup = backup;
  }

  @Override
  public void load(String name, long bytes, InputStream content, List<String> tables)
      throws IOException {
    pulse.check();
    if (name.equals(DumpCommands.GLOBALS)) {
      roles(new String(content.readNBytes(GLOBALS_BYTES), StandardCharsets.UTF_8), false);
    } else if (name.endsWith(".dump")) {
      archive(name, bytes, content, tables);
    } else if (!tables.isEmpty()) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED,
          "tables cannot be chosen from " + name + ": it is one script; dump in format custom",
          "");
    } else if (name.equals(DumpCommands.SERVER)) {
      ServerScript script = ServerScript.read(bytes, content);
      roles(script.roles(), target.superuser());
      Program.Input databases = script.databases();
      InputStream known =
          new KnownDatabases(
              databases.content(),
              new HashSet<>(target.databases()),
              target.unknownSettings(programs.major()),
              target.unknownOptions(programs.major()));
      run(
          programs
              .program("psql", name, SCRIPT)
              .reading(new Program.Input(databases.bytes(), known)));
    } else {
      PostgresFaults.translated("", () -> dropEmptyLedger());
      run(
          programs
              .program("psql", name, SCRIPT)
              .reading(new Program.Input(bytes, known(new BufferedInputStream(content)))));
    }
  }

  private InputStream known(InputStream script) {
    Set<String> unknown = unknownSettings();
    return unknown.isEmpty() ? script : new KnownDatabases(script, Set.of(), unknown, Set.of());
  }

  private Set<String> unknownSettings() {
    return PostgresFaults.translated("", () -> target.unknownSettings(programs.major()));
  }

  /** A script makes the schema itself. */
  private boolean dropEmptyLedger() {
    target.dropSentinel();
    return Target.tries(target.handle(), "DROP SCHEMA IF EXISTS " + Catalogue.LEDGER_SCHEMA);
  }

  private void roles(String script, boolean all) {
    PostgresFaults.translated(
        "",
        () -> {
          new Roles(target.handle(), all ? Roles.Powers.ALL : Roles.Powers.ORDINARY).make(script);
          return script.length();
        });
  }

  private void archive(String name, long bytes, InputStream content, List<String> tables)
      throws IOException {
    Archive archive = Archive.read(programs, name, bytes, content);
    List<String> statements = archive.statements();
    if (!tables.isEmpty() && selection.isEmpty()) {
      selection = Optional.of(new Selection(tables));
    }
    selection.ifPresent(it -> it.learn(statements));
    List<String> entries =
        PostgresFaults.translated("", () -> prepared(archive.entries(), statements));
    if (entries.isEmpty()) {
      content.transferTo(OutputStream.nullOutputStream());
      return;
    }
    Set<String> unknown = unknownSettings();
    run(unknown.isEmpty() ? archive.restore(entries) : archive.restoreWithout(unknown, entries));
  }

  private List<String> prepared(List<String> entries, List<String> statements) {
    List<String> unwanted = target.unwanted();
    List<String> chosen = new ArrayList<>();
    for (String line : entries) {
      String entry = line.replaceFirst("^\\d+; \\d+ \\d+ ", "");
      boolean wanted = unwanted.stream().noneMatch(entry::startsWith);
      if (wanted && selection.map(it -> it.has(entry)).orElse(true)) {
        chosen.add(line);
      }
    }
    if (chosen.stream().anyMatch(it -> it.contains(" TABLE lockstep sentinel "))) {
      target.dropSentinel();
    }
    if (!backup.tables().isEmpty()) {
      target.makeSchemas(statements, entries);
    }
    target.keepOwnership(statements);
    return chosen;
  }

  private void run(Program program) throws IOException {
    try (Running running = site.place().start(program);
        InputStream output = pulse.output(running)) {
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      pulse.check();
      throw Broken.orContent(e);
    }
  }

  /** Owners and rights; and what the planner has to know of new tables. */
  @Override
  public void finish() {
    PostgresFaults.translated(
        "",
        () -> {
          target.applyOwnership(pulse);
          return pulse;
        });
    try {
      run(analysis());
    } catch (IOException e) {
      throw Broken.failure(e);
    }
  }

  private Program analysis() {
    return switch (backup.dump().scope()) {
      case DATABASE ->
          programs.program("vacuumdb", backup.name(), List.of("--analyze-only", "--quiet"));
      case SERVER ->
          programs.offline(
              "vacuumdb",
              backup.name(),
              List.of("--all", "--no-password", "--analyze-only", "--quiet"));
    };
  }

  @Override
  public void close() {
    try (Handle handle = target.handle();
        site) {
      pulse.close();
    }
  }
}
