package dev.lockstep.activities.postgres.rows;

import dev.lockstep.definitions.model.Limits;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Something of the database that a backfill must not make worse. */
public interface HealthSignal {
  /** What is looked at, for people: {@code replica lag}. */
  String name();

  /**
   * Looks once; called about every second.
   *
   * @return why the work has to wait now, for people; empty: it need not. What is thrown counts as
   *     a reason to wait, too
   */
  Optional<String> concern(Handle handle, Limits limits);
}
