package dev.lockstep.definitions.plan;

import java.time.Duration;

/**
 * What a step will cost, from the observed sizes.
 *
 * @param rows touched or read
 * @param bytes written to the table, the index or the store
 * @param walBytes written to the write-ahead log
 * @param duration on an idle machine
 */
public record Estimate(long rows, long bytes, long walBytes, Duration duration) {
  /** A change of the catalogue alone. */
  public static final Estimate MOMENT = new Estimate(0, 0, 0, Duration.ZERO);
}
