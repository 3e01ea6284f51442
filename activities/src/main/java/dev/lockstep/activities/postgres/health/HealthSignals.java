package dev.lockstep.activities.postgres.health;

import java.util.List;

/**
 * What holds a step back.
 *
 * @param changing while it changes rows
 * @param reading while it only reads: neither replicas nor the log nor a vacuum suffer from that,
 *     but the processors and disks do, which sessions and commits wait for
 */
public record HealthSignals(List<HealthSignal> changing, List<HealthSignal> reading) {
  /** Nothing does. */
  public static final HealthSignals NONE = new HealthSignals(List.of(), List.of());

  public HealthSignals {
    changing = List.copyOf(changing);
    reading = List.copyOf(reading);
  }

  /** The same signals whatever the step does. */
  public static HealthSignals ofAll(List<HealthSignal> signals) {
    return new HealthSignals(signals, signals);
  }
}
