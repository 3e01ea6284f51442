package dev.lockstep.workflows.api;

import dev.lockstep.workflows.contract.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of the rows while a run waits before contract.
 *
 * @param verified when all rows were found right the last time; absent: not since the run went on
 *     in this process, or rows were found wrong
 * @param rows compared then
 * @param repetitions how often all rows were verified after the verify phase
 * @param next when they will be verified again; absent: not for now
 * @param underWay how far a repetition is, by the verify step that is repeated; absent: none is
 */
public record Verification(
    Optional<Instant> verified,
    long rows,
    int repetitions,
    Optional<Instant> next,
    Optional<Progress> underWay) {
  /** All of it for people. */
  public String sentence() {
    String last =
        verified
            .map(
                at ->
                    String.format(
                        Locale.ROOT,
                        "verified %sat %s, %,d rows, 0 mismatches",
                        repetitions > 0 ? "again " : "",
                        seconds(at),
                        rows))
            .orElse("not verified again yet");
    return last
        + next.map(at -> "; next at " + seconds(at)).orElse("")
        + underWay.map(Verification::now).orElse("");
  }

  private static String now(Progress progress) {
    return String.format(
        Locale.ROOT,
        "; being verified again (%s): %,d of about %,d rows",
        progress.step(),
        progress.done(),
        Math.max(progress.done(), progress.total()));
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
