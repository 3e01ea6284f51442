package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.api.Verification;
import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known of all rows: when they were verified, whether they are being verified again. */
final class VerificationBook {
  private Optional<Verified> last = Optional.empty();
  private Optional<Instant> next = Optional.empty();
  private Optional<Progress> underWay = Optional.empty();

  /** Takes over what an earlier history noted. */
  void restore(Optional<Verified> earlier) {
    last = earlier;
  }

  Optional<Verified> last() {
    return last;
  }

  /** Notes that a step of the plan verified a table, beside those of before. */
  void first(Instant began, long rows) {
    Instant now = RunClock.now();
    Duration before = last.map(Verified::took).orElse(Duration.ZERO);
    last =
        Optional.of(
            new Verified(
                now,
                before.plus(Duration.between(began, now)),
                last.map(Verified::rows).orElse(0L) + rows,
                repetitions(),
                last.map(Verified::clean).orElse(true)));
  }

  /** Notes that the rows of a step are being verified again. */
  void begin(String step, long rows) {
    next = Optional.empty();
    underWay = Optional.of(new Progress(step, 0, rows, 0, Optional.empty(), List.of()));
  }

  /** Takes a report of what is under way; of anything else it takes none. */
  void progress(Progress report) {
    underWay = underWay.map(now -> now.step().equals(report.step()) ? report : now);
  }

  Optional<Progress> underWay() {
    return underWay;
  }

  /** Notes that every row was right once more. */
  void again(Instant began, long rows) {
    Instant now = RunClock.now();
    underWay = Optional.empty();
    last =
        Optional.of(new Verified(now, Duration.between(began, now), rows, repetitions() + 1, true));
  }

  /** Notes that nothing is under way any more, and that the last one counts as before. */
  void brokenOff() {
    underWay = Optional.empty();
  }

  /** Notes that rows were found wrong: nothing counts until all are right. */
  void wrong(Instant began) {
    Instant now = RunClock.now();
    underWay = Optional.empty();
    last =
        Optional.of(new Verified(now, Duration.between(began, now), 0, repetitions() + 1, false));
  }

  /** Notes when they will be verified again. */
  void next(Instant due) {
    next = Optional.of(due);
  }

  /** Notes that the wait is over. */
  void waitOver() {
    next = Optional.empty();
  }

  /** As people and programs see it; absent: nothing was verified. */
  Optional<Verification> shown() {
    return last.isEmpty() && underWay.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Verification(
                last.filter(Verified::clean).map(Verified::ended),
                last.map(Verified::rows).orElse(0L),
                repetitions(),
                next,
                underWay));
  }

  private int repetitions() {
    return last.map(Verified::repetitions).orElse(0);
  }
}
