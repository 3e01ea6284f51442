package dev.lockstep.worker.demo.cluster;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers what was reported; can end the caller at the first look after the change, as a kill
 * would.
 */
final class RecordingReporter implements Reporter {
  private final List<Progress> reports = new CopyOnWriteArrayList<>();
  private final boolean killing;

  private RecordingReporter(boolean killing) {
    this.killing = killing;
  }

  static RecordingReporter patient() {
    return new RecordingReporter(false);
  }

  static RecordingReporter killing() {
    return new RecordingReporter(true);
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Duration elapsed() {
    return Duration.ZERO;
  }

  @Override
  public void alive() {
    if (killing) {
      throw new KilledException();
    }
  }

  @Override
  public void progress(Progress progress) {
    reports.add(progress);
  }

  @Override
  public void last(Progress progress) {
    reports.add(progress);
  }

  List<Progress> reports() {
    return reports;
  }

  List<String> reasons() {
    return reports.stream().flatMap(r -> r.waitingFor().stream()).distinct().toList();
  }

  /** The end of the caller. */
  static final class KilledException extends RuntimeException {}
}
