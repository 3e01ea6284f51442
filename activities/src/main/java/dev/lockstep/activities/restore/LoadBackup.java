package dev.lockstep.activities.restore;

import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.restore.BackupSource.Part;
import dev.lockstep.activities.restore.BackupSource.StoredBackup;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Loads a backup.
 *
 * <ol>
 *   <li>Open the backup: a wrong key or a damaged manifest ends it before anything is touched.
 *   <li>Our mark in the database: an earlier attempt, which may have loaded anything, is cleared.
 *   <li>Else what is there is refused, or, where it is to be replaced, cleared; the mark is written
 *       before either, so that a killed worker's next call may go on. A mark of another run in an
 *       empty database is that of one that ended there.
 *   <li>Load every part in its order. Whatever fails, or a wish to stop, ends it with the mark
 *       still there: the next attempt and the undo clear by it.
 * </ol>
 */
final class LoadBackup {
  private static final int NAMED = 10;

  private final DumpEngine engine;
  private final StepScope scope;
  private final BackupStep.Load step;
  private final Reporter reporter;
  private final Marks marks;
  private final ClearLoad clearing;
  private long copyNanos;

  LoadBackup(DumpEngine engine, StepScope scope, BackupStep.Load step, Reporter reporter) {
    this.engine = engine;
    this.scope = scope;
    this.step = step;
    this.reporter = reporter;
    this.marks = engine.marks(scope.database());
    this.clearing = new ClearLoad(marks, scope, reporter);
  }

  StepOutcome run(BackupSource backups) {
    long began = System.nanoTime();
    try (StoredBackup backup = Alive.asking(reporter, () -> backups.open(step.copy()))) {
      long total = backup.parts().stream().mapToLong(Part::bytes).sum();
      LoadMeter meter = new LoadMeter(scope.step(), total, began);
      makeRoom();
      Alive.over(
          () -> reporter.progress(meter.look(System.nanoTime())),
          Alive.Stop.INTERRUPT,
          () -> {
            loadAll(backup, meter);
            return true;
          });
      return new StepOutcome(
          false,
          new TreeMap<>(
              Map.of(
                  "bytes",
                  meter.done(),
                  "copyMillis",
                  copyNanos / 1_000_000,
                  "durationMillis",
                  (System.nanoTime() - began) / 1_000_000)));
    }
  }

  private void makeRoom() {
    if (clearing.isOurs(Alive.asking(reporter, marks::claimedBy))) {
      clearing.change(marks::clear);
    } else if (step.target() == BackupStep.Target.REPLACED) {
      clearing.change(() -> marks.claim(scope.run().id()));
      clearing.change(marks::clear);
    } else {
      requireEmpty(Alive.asking(reporter, marks::contents));
    }
    // Again, where it is there: what is cleared may take the mark with it.
    clearing.change(() -> marks.claim(scope.run().id()));
  }

  private void requireEmpty(List<String> contents) {
    if (!contents.isEmpty()) {
      throw Faults.failure(
          FaultCode.TARGET_NOT_EMPTY,
          "database "
              + scope.database().name()
              + " is to be restored into and is not empty: it holds "
              + String.join(", ", contents.subList(0, Math.min(NAMED, contents.size())))
              + (contents.size() < NAMED ? "" : " and maybe more"),
          scope.step());
    }
  }

  private void loadAll(StoredBackup backup, LoadMeter meter) {
    try (LoadSession session =
        engine.load(scope.database(), step.copy().backup(), backup.facts(), reporter)) {
      long began = System.nanoTime();
      meter.stating(session::state);
      for (Part part : backup.parts()) {
        load(session, part, meter);
      }
      copyNanos = System.nanoTime() - began;
      session.finish();
    }
  }

  private void load(LoadSession session, Part part, LoadMeter meter) {
    try (InputStream content = meter.counting(part.open())) {
      session.load(part.name(), part.bytes(), content, step.tables());
      // What the program left unread is read, so that its digest counts too.
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw behind(e)
          .orElseGet(
              () ->
                  Faults.failure(
                      FaultCode.SERVER_UNREACHABLE,
                      "part " + part.name() + " of " + step.copy() + " was cut: " + e.getMessage(),
                      scope.step()));
    }
  }

  private static Optional<ApplicationFailure> behind(IOException e) {
    Throwable cause = e;
    while (cause != null) {
      if (cause instanceof ApplicationFailure failure) {
        return Optional.of(failure);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
