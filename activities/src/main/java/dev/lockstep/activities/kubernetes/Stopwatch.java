package dev.lockstep.activities.kubernetes;

import dev.lockstep.workflows.contract.StepOutcome;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.TreeMap;

/** Measures one call from its creation on. */
final class Stopwatch {
  private final long started = System.nanoTime();

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** Figures {@code durationMillis} and {@code pods}. */
  StepOutcome outcome(Deployment complete) {
    TreeMap<String, Long> figures = new TreeMap<>();
    figures.put("durationMillis", elapsed().toMillis());
    figures.put("pods", (long) DeploymentProgress.of(complete).available());
    return new StepOutcome(false, figures);
  }
}
