package dev.lockstep.activities.backup;

import dev.lockstep.definitions.model.SecretReference;

/** Reads secret values. */
@FunctionalInterface
public interface KeySource {
  /**
   * Reads one.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code CREDENTIALS_MISSING} where it is not
   *     there
   */
  String read(SecretReference reference);
}
