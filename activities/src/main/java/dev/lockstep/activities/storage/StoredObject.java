package dev.lockstep.activities.storage;

import java.time.Instant;

/**
 * An object of a store.
 *
 * @param bytes its size
 * @param modified when it appeared, by the clock of the store
 */
public record StoredObject(String key, long bytes, Instant modified) {}
