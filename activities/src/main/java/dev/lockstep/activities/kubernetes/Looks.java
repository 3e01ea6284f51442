package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.ShortPause;
import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One look at the API server after the other, until something is as it shall be. */
final class Looks {
  private static final long SHORT_PAUSE_MILLIS = 250;

  /** What a cancelled activity may take to stop. */
  private static final long LONG_PAUSE_MILLIS = 1000;

  private static final Duration YOUNG = Duration.ofSeconds(30);

  private final Reporter reporter;
  private final String step;
  private final Duration deadline;
  private final Stopwatch stopwatch = new Stopwatch();

  Looks(Reporter reporter, String step, Duration deadline) {
    this.reporter = reporter;
    this.step = step;
    this.deadline = deadline;
  }

  /**
   * Looks again and again.
   *
   * @param look gives every reason why it is not as it shall be; none: the wait is over
   * @return the reasons at the deadline; empty: it is as it shall be
   */
  List<String> until(Supplier<List<String>> look) {
    while (true) {
      reporter.alive();
      List<String> reasons = look.get();
      if (reasons.isEmpty() || stopwatch.elapsed().compareTo(deadline) >= 0) {
        return reasons;
      }
      reporter.progress(new Progress(step, 0, 1, 0, Optional.empty(), reasons));
      ShortPause.of(
          stopwatch.elapsed().compareTo(YOUNG) < 0 ? SHORT_PAUSE_MILLIS : LONG_PAUSE_MILLIS);
    }
  }

  /** Since the call began. */
  long elapsedMillis() {
    return stopwatch.elapsed().toMillis();
  }

  /** For people. */
  String limit() {
    return deadline.toSeconds() + "s";
  }
}
