package dev.lockstep.deploy.bench;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;

/** Nobody listens. */
final class BenchReporter implements Reporter {
  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Duration elapsed() {
    return Duration.ZERO;
  }

  @Override
  public void alive() {}

  @Override
  public void progress(Progress progress) {}

  @Override
  public void last(Progress progress) {}
}
