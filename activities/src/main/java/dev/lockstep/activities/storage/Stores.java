package dev.lockstep.activities.storage;

import dev.lockstep.definitions.model.Store;

/** Opens the stores of definitions. */
@FunctionalInterface
public interface Stores {
  /**
   * Opens one, to be closed by the caller. Nothing is asked of the service before it is used.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code CREDENTIALS_MISSING} where a secret is
   *     not there
   */
  ObjectStore open(Store store);
}
