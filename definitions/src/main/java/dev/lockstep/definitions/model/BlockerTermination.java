package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Which sessions of others a run may end that keep a step from its lock. A limit of courtesy like
 * the others: whoever is ended sees a failed transaction. What is never ended, whatever stands
 * here, is the business of those who do it.
 *
 * @param sessions which may be ended at all
 * @param after how long a session must have stood in the way, and the step have waited
 * @param applicationName pattern of {@code LIKE} on {@code application_name}: no others are ended
 */
public record BlockerTermination(
    Sessions sessions, Duration after, Optional<String> applicationName) {
  /**
   * A client that thinks between two statements of a transaction takes milliseconds; one that is
   * silent for a minute has most likely forgotten it.
   */
  public static final Duration DEFAULT_AFTER = Duration.ofMinutes(1);

  /** Nobody is ended. What a run that was told nothing does. */
  public static final BlockerTermination NONE =
      new BlockerTermination(Sessions.NONE, DEFAULT_AFTER, Optional.empty());

  /** What a session does that may be ended. */
  public enum Sessions {
    /** None may; for a run that is told otherwise only when it is needed. */
    NONE,
    /** Those whose transaction is open while they do nothing. */
    IDLE,
    /** Also those at work on a query: it is cancelled first, its session ended where that fails. */
    ANY
  }
}
