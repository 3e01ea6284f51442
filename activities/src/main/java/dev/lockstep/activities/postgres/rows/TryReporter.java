package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.Progress;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells the run how far a try came and, where it fails and is made again, why that is. */
final class TryReporter implements Reporter {
  private final Reporter reporter;
  private volatile Progress last;

  TryReporter(Reporter reporter, String step) {
    this.reporter = reporter;
    this.last = new Progress(step, 0, 0, 0, Optional.empty(), List.of());
  }

  @Override
  public int attempt() {
    return reporter.attempt();
  }

  @Override
  public Duration elapsed() {
    return reporter.elapsed();
  }

  @Override
  public void alive() {
    reporter.alive();
  }

  @Override
  public void progress(Progress progress) {
    last = progress;
    reporter.progress(progress);
  }

  @Override
  public void last(Progress progress) {
    reporter.last(progress);
  }

  /** A fault that ends the step is told by the step's end. */
  void failed(ApplicationFailure failure) {
    if (!failure.isNonRetryable()) {
      String reason = "attempt " + attempt() + " failed: " + failure.getOriginalMessage();
      last(
          new Progress(
              last.step(), last.done(), last.total(), 0, Optional.empty(), List.of(reason)));
    }
  }
}
