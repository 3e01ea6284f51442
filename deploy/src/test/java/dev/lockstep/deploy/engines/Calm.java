package dev.lockstep.deploy.engines;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.Progress;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;

/** An activity that goes on until it is told to stop. */
final class Calm implements Reporter {
  private volatile boolean stopped;

  void stop() {
    stopped = true;
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
    if (stopped) {
      throw new ActivityCanceledException();
    }
  }

  @Override
  public void progress(Progress progress) {
    alive();
  }

  @Override
  public void last(Progress progress) {
    alive();
  }
}
