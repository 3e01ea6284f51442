package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.dump.place.WorkerPlace;
import dev.lockstep.activities.dump.postgres.Broken;
import dev.lockstep.activities.dump.postgres.Programs;
import dev.lockstep.activities.dump.postgres.Site;
import dev.lockstep.activities.progress.ShortPause;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server in a folder of the worker. It runs only while something is asked of it, is reached by a
 * socket in the folder alone, and is configured by Lockstep alone: what was set for its original,
 * an archive or a standby for example, does not act.
 *
 * @param programs folder of the worker's programs; absent: the usual ones
 * @param database that is asked
 * @param role that the original was reached with; absent: not known
 */
record FolderServer(
    ServerFolder folder, Optional<String> programs, String database, Optional<String> role) {
  private static final Logger LOG = LoggerFactory.getLogger(FolderServer.class);

  /** The role that the files were made with has this id, whatever its name is. */
  private static final String FIRST_ROLE = "SELECT rolname FROM pg_roles WHERE oid = 10";

  private static final List<String> NAMES = List.of("postgres", "pg_ctl", "pg_controldata", "psql");

  /** That of pg_ctl for the begin of a recovery, which first lets the disk have every file. */
  private static final String START_SECONDS = "86400";

  private static final String STOP_SECONDS = "600";
  private static final int LOG_LINES = 6;
  private static final long LOOK_MILLIS = 200;

  /** A query of a definition that is slower checks more than a restore should wait for. */
  private static final String ASKING =
      "-c default_transaction_read_only=on -c statement_timeout=10min";

  Path file(String name) {
    return folder.ours().resolve(name);
  }

  /** Programs of the version that wrote the files: no other starts on them. */
  Programs found() {
    int major = major();
    Programs.Needed needed =
        new Programs.Needed(major, major, "the files are those of a server of version " + major);
    return new Site(new WorkerPlace(), new TreeMap<>(), programs).programs(NAMES, needed);
  }

  private int major() {
    try {
      String version = Files.readString(folder.path().resolve("PG_VERSION")).strip();
      return Integer.parseInt(version);
    } catch (IOException | NumberFormatException e) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED,
          folder.path() + " holds no server: PG_VERSION is not readable",
          "");
    }
  }

  /** Runs it while something is done. */
  <T> T running(Supplier<T> work) {
    return running(work, Optional.empty());
  }

  /**
   * The same.
   *
   * @param pulse can end its start, which may take as long as its recovery
   */
  <T> T running(Supplier<T> work, Optional<Pulse> pulse) {
    stopLeft();
    boolean started = false;
    try {
      start();
      await(pulse);
      started = true;
      return work.get();
    } finally {
      if (started) {
        stop("fast");
      } else {
        stopLeft();
      }
    }
  }

  /** Until its recovery has ended it lets nobody in. */
  private void await(Optional<Pulse> pulse) {
    while (!letsIn()) {
      pulse.ifPresent(Pulse::check);
      if (!isRunning()) {
        throw failed("the server in " + folder.path() + " ended by itself");
      }
      ShortPause.of(LOOK_MILLIS);
    }
  }

  private boolean letsIn() {
    try {
      ask("SELECT 1");
      return true;
    } catch (ApplicationFailure e) {
      LOG.debug("not yet", e);
      return false;
    }
  }

  private void start() {
    List<String> words = new ArrayList<>(List.of("start", "--wait", "--silent"));
    words.add("--timeout=" + START_SECONDS);
    words.add("--pgdata=" + folder.path());
    words.add("--log=" + file("server.log"));
    words.add("--options=-c config_file=" + file("postgresql.conf"));
    try {
      run("pg_ctl", words, new TreeMap<>());
    } catch (ApplicationFailure e) {
      throw failed(e.getOriginalMessage());
    }
  }

  private ApplicationFailure failed(String what) {
    return Faults.failure(FaultCode.LOAD_FAILED, what + "; its log ends: " + log(), "");
  }

  /** A worker that was killed leaves its server behind. */
  void stopLeft() {
    if (isRunning()) {
      stop("immediate");
    }
  }

  /** By what runs, since another process may have the number that the file names. */
  private boolean isRunning() {
    Path file = folder.path().resolve("postmaster.pid");
    try {
      return Files.exists(file)
          && ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
              .flatMap(process -> process.info().commandLine())
              .filter(line -> line.contains(folder.path().toString()))
              .isPresent();
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }

  /** Also in a thread that was interrupted: no server outlives what it was started for. */
  private void stop(String mode) {
    boolean interrupted = Thread.interrupted();
    List<String> words = new ArrayList<>(List.of("stop", "--wait", "--silent", "--mode=" + mode));
    words.add("--timeout=" + STOP_SECONDS);
    words.add("--pgdata=" + folder.path());
    try {
      run("pg_ctl", words, new TreeMap<>());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What a program of that folder prints. */
  String run(String name, List<String> options, SortedMap<String, String> environment) {
    return run(name, options, environment, FaultCode.LOAD_FAILED);
  }

  private String run(
      String name, List<String> options, SortedMap<String, String> environment, FaultCode fault) {
    Program plain = found().offline(name, folder.path().toString(), options);
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh"));
    command.add(folder.path().toString());
    environment.put("LC_ALL", "C");
    try {
      command.addAll(ServerUser.of(folder.path()).prefix());
      command.addAll(plain.command());
      Program program = new Program(plain.title(), command, environment, Optional.empty(), fault);
      return new WorkerPlace().ask(program);
    } catch (IOException e) {
      throw Broken.failure(e);
    }
  }

  /**
   * Asks the server while it runs.
   *
   * @return the first column of the first row; empty where there is no row, or it is NULL
   */
  Optional<String> ask(String sql) {
    String first = value(role.orElse("postgres"), FIRST_ROLE).orElse("postgres");
    return value(first, sql);
  }

  /** Values end with a zero byte, which is in no value; NULL is shown as another one. */
  private Optional<String> value(String as, String sql) {
    SortedMap<String, String> environment = new TreeMap<>();
    environment.put("PGHOST", folder.ours().toString());
    environment.put("PGDATABASE", database);
    environment.put("PGUSER", as);
    // The line break lets a query that begins with a backslash be no command of psql.
    String text =
        run(
            "psql",
            List.of(
                "--no-psqlrc",
                "--no-password",
                "--dbname=options='" + ASKING + "'",
                "--quiet",
                "--no-align",
                "--tuples-only",
                "--field-separator-zero",
                "--record-separator-zero",
                "--pset=null=" + Lone.NULL,
                "--set=ON_ERROR_STOP=1",
                "--command=\n" + sql),
            environment,
            FaultCode.STATEMENT_REFUSED);
    return Lone.value(text);
  }

  private String log() {
    try {
      List<String> lines = Files.readAllLines(file("server.log"));
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "not there";
    }
  }
}
