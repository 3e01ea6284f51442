package dev.lockstep.activities.backup;

import java.security.GeneralSecurityException;

/**
 * Wraps data keys with keys that never come near the data: those of a keyset, or one of a key
 * management service. Each is bound to its backup: what was wrapped for one cannot be unwrapped for
 * another.
 *
 * <p>Where a service refuses or does not answer, a method throws an {@link
 * io.temporal.failure.ApplicationFailure}: {@code KEY_WRONG} for what a person has to put right,
 * {@code SERVER_UNREACHABLE} for what may pass.
 */
interface KeyWrapper extends AutoCloseable {
  /** What it is and which keys it has, to go on after "and the store has". */
  String describe();

  /** Whether it may be able to open what was wrapped by that key. */
  boolean mayOpen(String wrappedBy);

  /** Wraps a data key with the key that is to be used from now on. */
  WrappedKey wrap(byte[] key, Layout backup) throws GeneralSecurityException;

  /**
   * Unwraps a data key.
   *
   * @throws OtherKeyException where another key wrapped it
   * @throws GeneralSecurityException where no key fits, or something was changed
   */
  byte[] unwrap(WrappedKey wrapped, Layout backup) throws GeneralSecurityException;

  @Override
  default void close() {}

  /** Another key wrapped it. */
  final class OtherKeyException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;
  }
}
