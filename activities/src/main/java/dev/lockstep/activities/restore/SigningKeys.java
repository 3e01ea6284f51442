package dev.lockstep.activities.restore;

import dev.lockstep.definitions.model.SecretReference;

/** Reads the keys that sign evidence. */
@FunctionalInterface
public interface SigningKeys {
  /**
   * Reads one.
   *
   * @return PKCS #8 in PEM
   * @throws io.temporal.failure.ApplicationFailure {@code CREDENTIALS_MISSING} where it is not
   *     there
   */
  String read(SecretReference reference);
}
