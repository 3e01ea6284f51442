package dev.lockstep.activities.postgres;

import java.time.Duration;
import java.util.Locale;

/**
 * How often transactions were rolled back before a trial, and how often they may be in it by
 * chance.
 *
 * <p>Rollbacks that come independently of each other spread as their number does: of {@code x}
 * expected in a time {@code t}, from a count over a time {@code b}, the difference has the variance
 * {@code x (1 + t/b)}. Three times its root is exceeded by chance once in some hundred trials.
 *
 * @param time over which was counted
 */
record Usual(long rollbacks, Duration time) {
  private static final double SPREAD = 3;

  /** What is likely to come in a time. */
  double expected(Duration in) {
    return rollbacks * ratio(in);
  }

  /** The most that chance explains. */
  long most(Duration in) {
    double expected = expected(in);
    return (long) (expected + SPREAD * Math.sqrt(expected * (1 + ratio(in))));
  }

  /** For people. */
  String sentence(long counted, Duration in, long allowed) {
    return String.format(
        Locale.ROOT,
        "%d transactions were rolled back within %.1f s, usual are %.1f, allowed %d",
        counted,
        in.toMillis() / 1000.0,
        expected(in),
        allowed);
  }

  private double ratio(Duration in) {
    return (double) in.toMillis() / Math.max(1, time.toMillis());
  }
}
