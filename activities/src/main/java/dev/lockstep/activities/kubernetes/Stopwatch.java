package dev.lockstep.activities.kubernetes;

import dev.lockstep.workflows.contract.StepOutcome;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measures one call from its creation on. */
final class Stopwatch {
  private final long started = System.nanoTime();

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** Figure {@code durationMillis}. */
  StepOutcome outcome() {
    return new StepOutcome(false, figures());
  }

  /** Figures {@code durationMillis} and {@code pods}. */
  StepOutcome outcome(Deployment complete) {
    SortedMap<String, Long> figures = figures();
    figures.put("pods", (long) DeploymentProgress.of(complete).available());
    return new StepOutcome(false, figures);
  }

  private SortedMap<String, Long> figures() {
    SortedMap<String, Long> figures = new TreeMap<>();
    figures.put("durationMillis", elapsed().toMillis());
    return figures;
  }
}
