package dev.lockstep.activities.postgres.health;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Something of the database that a step must not make worse. Asked by one thread at a time. */
public interface HealthSignal {
  /** What is looked at, for people: {@code replica lag}. */
  String name();

  /**
   * Looks once; called about every second, outside of a transaction.
   *
   * @return why the work has to wait now, for people; empty: it need not. What is thrown counts as
   *     a reason to wait, too
   */
  Optional<String> concern(Handle handle);

  /**
   * What the last look measured, in milliseconds by its name; empty: it measures no time, or could
   * not. Asked by the thread that looks.
   */
  default Map<String, Long> readings() {
    return Map.of();
  }

  /**
   * Takes note that there was no connection to look over.
   *
   * @return the reason to wait, where that is one
   */
  default Optional<String> unreachable(String reason) {
    return Optional.of(reason);
  }
}
