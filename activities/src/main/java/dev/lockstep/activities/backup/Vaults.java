package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.Stores;
import dev.lockstep.definitions.model.Store;
import java.time.Clock;

/**
 * Opens stores together with their keys.
 *
 * @param clock tells how old backups and leftovers are
 */
public record Vaults(Stores stores, KeySource keys, Clock clock) {
  /** By the clock of the worker. */
  public Vaults(Stores stores, KeySource keys) {
    this(stores, keys, Clock.systemUTC());
  }

  /**
   * Opens one, to be closed by the caller. The key is read when it is needed.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code CREDENTIALS_MISSING} where a secret is
   *     not there
   */
  public Vault open(Store store) {
    return new Vault(store, stores.open(store), this);
  }
}
