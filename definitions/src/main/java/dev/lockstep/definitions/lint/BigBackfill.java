package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Hazard;
import dev.lockstep.definitions.plan.PlannedStep;
import dev.lockstep.definitions.plan.Scene;
import java.time.Duration;
import java.util.stream.Stream;

/** A backfill that somebody should plan for. */
final class BigBackfill implements Rule {
  /** Below a minute nobody has time to look. */
  private static final Duration LONG = Duration.ofMinutes(1);

  /** As much log as PostgreSQL keeps between checkpoints by default ten times over. */
  private static final long MUCH_LOG_BYTES = 10L << 30;

  @Override
  public Stream<Hazard> find(Scene scene) {
    return scene.steps().stream()
        .filter(s -> s.action() instanceof Action.Backfill)
        .filter(
            s ->
                s.estimate().duration().compareTo(LONG) >= 0
                    || s.estimate().walBytes() >= MUCH_LOG_BYTES)
        .map(s -> Hazards.BIG_BACKFILL.found(message(s)));
  }

  private static String message(PlannedStep step) {
    return step.sentence()
        + ": "
        + Figures.rows(step.estimate().rows())
        + ", "
        + Figures.bytes(step.estimate().bytes())
        + " of table, "
        + Figures.bytes(step.estimate().walBytes())
        + " of log, about "
        + Math.max(1, step.estimate().duration().toMinutes())
        + " min";
  }
}
