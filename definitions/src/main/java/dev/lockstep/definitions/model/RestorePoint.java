package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Optional;

/**
 * A backup that has to be there before a migration changes anything.
 *
 * @param backup name of a {@link Backup} of the same database
 * @param maxAge a verified one whose data is not older is enough, and is read back; absent: a new
 *     one is taken
 */
public record RestorePoint(String backup, Optional<Duration> maxAge) {}
