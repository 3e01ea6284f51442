package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.dump.place.Pulse;
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
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server in a folder of the worker. It runs only while something is asked of it, is reached by a
 * socket in the folder alone, and is configured by Lockstep alone: what was set for its original,
 * an archive or a standby for example, does not act.
 */
final class FolderServer {
  private static final Logger LOG = LoggerFactory.getLogger(FolderServer.class);

  /** That of pg_ctl for the begin of a recovery, which first lets the disk have every file. */
  private static final String START_SECONDS = "86400";

  private static final String STOP_SECONDS = "600";
  private static final int LOG_LINES = 6;
  private static final long LOOK_MILLIS = 200;

  private final FolderPrograms programs;
  private final FolderQuestions questions;

  /** Nothing runs yet. */
  FolderServer(FolderPrograms programs, FolderQuestions questions) {
    this.programs = programs;
    this.questions = questions;
  }

  ServerFolder folder() {
    return programs.folder();
  }

  FolderPrograms programs() {
    return programs;
  }

  /** As {@link FolderQuestions#ask}, while it runs. */
  Optional<String> ask(String sql) {
    return questions.ask(sql);
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
        throw failed("the server in " + folder().path() + " ended by itself");
      }
      ShortPause.of(LOOK_MILLIS);
    }
  }

  private boolean letsIn() {
    try {
      questions.tryOut();
      return true;
    } catch (ApplicationFailure e) {
      LOG.debug("not yet", e);
      return false;
    }
  }

  private void start() {
    List<String> words = new ArrayList<>(List.of("start", "--wait", "--silent"));
    words.add("--timeout=" + START_SECONDS);
    words.add("--pgdata=" + folder().path());
    words.add("--log=" + folder().ours().resolve("server.log"));
    words.add("--options=-c config_file=" + folder().ours().resolve("postgresql.conf"));
    try {
      programs.run("pg_ctl", words, new TreeMap<>());
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
    Path file = folder().path().resolve("postmaster.pid");
    try {
      return Files.exists(file)
          && ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
              .flatMap(process -> process.info().commandLine())
              .filter(line -> line.contains(folder().path().toString()))
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
    words.add("--pgdata=" + folder().path());
    try {
      programs.run("pg_ctl", words, new TreeMap<>());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String log() {
    try {
      List<String> lines = Files.readAllLines(folder().ours().resolve("server.log"));
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "not there";
    }
  }
}
