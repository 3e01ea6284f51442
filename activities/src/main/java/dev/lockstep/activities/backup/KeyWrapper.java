package dev.lockstep.activities.backup;

import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Wraps data keys with keys that never come near the data: those of a keyset, or of a key
 * management service.
 */
public interface KeyWrapper {
  /** Which key wraps from now on. */
  String primary();

  /** Every key that can unwrap. */
  List<String> ids();

  /**
   * Wraps a data key with the primary key.
   *
   * @param bound what has to be the same when it is unwrapped
   */
  byte[] wrap(byte[] key, byte[] bound) throws GeneralSecurityException;

  /**
   * Unwraps a data key.
   *
   * @throws GeneralSecurityException where no key fits, or something was changed
   */
  byte[] unwrap(byte[] wrapped, byte[] bound) throws GeneralSecurityException;
}
