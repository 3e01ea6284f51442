package dev.lockstep.activities.progress;

import dev.lockstep.workflows.contract.Progress;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told; stops the activity when a test wants it. */
public final class RecordingReporter implements Reporter {
  private final List<Progress> told = new CopyOnWriteArrayList<>();
  private final int attempt;
  private final Duration elapsed;
  private volatile boolean cancelled;
  private volatile int beats;

  /** At the first attempt. */
  public RecordingReporter() {
    this(1);
  }

  /** At a later attempt. */
  public RecordingReporter(int attempt) {
    this(attempt, Duration.ZERO);
  }

  /** At a later attempt, so long after the first one began. */
  public RecordingReporter(int attempt, Duration elapsed) {
    this.attempt = attempt;
    this.elapsed = elapsed;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public Duration elapsed() {
    return elapsed;
  }

  @Override
  public void alive() {
    synchronized (this) {
      beats++;
    }
    if (cancelled) {
      throw new ActivityCanceledException();
    }
  }

  @Override
  public void progress(Progress progress) {
    told.add(progress);
    alive();
  }

  @Override
  public void last(Progress progress) {
    told.add(progress);
  }

  /** The activity shall stop. */
  public void cancel() {
    cancelled = true;
  }

  /** How often it was alive. */
  public int beats() {
    return beats;
  }

  /** Everything that was told. */
  public List<Progress> told() {
    return told;
  }

  /** Every reason for waiting that was told, in order. */
  public List<String> reasons() {
    return told.stream().flatMap(progress -> progress.waitingFor().stream()).toList();
  }
}
