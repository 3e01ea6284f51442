package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.List;

/**
 * A time for which old names are hidden and clients are watched. Where clients are seen to fail,
 * the names come back.
 *
 * @param duration of the trial
 * @param before how long rollbacks are counted before the names are hidden, to know what is usual
 * @param maxRollbacks transactions that may be rolled back in the trial beyond what is usual
 * @param signals the user's own numbers; one that is too high, or that cannot be read for a while,
 *     is a failure of clients too
 */
public record Trial(Duration duration, Duration before, int maxRollbacks, List<Signal> signals) {
  /**
   * The defaults. A server tells of a rollback within a second where its session goes on to work,
   * so that a minute sees every client that asks more than once in it. It need not tell more than
   * the first ones of a session, hence few are allowed; a person who mistypes at the same time may
   * do it three times.
   */
  public static final Trial DEFAULT =
      new Trial(Duration.ofSeconds(60), Duration.ofSeconds(30), 3, List.of());

  public Trial {
    signals = List.copyOf(signals);
  }
}
