package dev.lockstep.activities.postgres.schema;

import java.time.Duration;
import java.util.Optional;

/**
 * A transaction that a lock has to wait for.
 *
 * @param pid empty for a prepared transaction
 * @param description who it is and what it does, for people
 * @param age of its transaction; empty where the role may not see it
 * @param kind what can be done about it
 */
record LockHolder(
    Optional<Integer> pid, String description, Optional<Duration> age, LockHolder.Kind kind) {
  /** What holds the lock. */
  enum Kind {
    /** Somebody's session, or a prepared transaction. */
    CLIENT,
    /** Somebody's session that only queues for the lock: it goes when those before it go. */
    QUEUED_CLIENT,
    /** An ordinary autovacuum: the server itself would stop it for a waiter after a while. */
    AUTOVACUUM,
    /** An autovacuum that prevents wraparound: nothing may stop it. */
    WRAPAROUND_AUTOVACUUM
  }

  /** Whether it has been there longer than a wait may last. What is not known counts as short. */
  boolean olderThan(Duration limit) {
    return age.isPresent() && age.get().compareTo(limit) > 0;
  }

  @Override
  public String toString() {
    String who = pid.map(p -> "pid " + p + " (").orElse("(");
    return who + description + age.map(a -> " for " + DurationText.of(a)).orElse("") + ")";
  }
}
