package dev.lockstep.activities.postgres.schema;

import dev.lockstep.definitions.plan.LockMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which table locks exclude which, as {@code pg_locks.mode} names them.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/explicit-locking.html#TABLE-LOCK-COMPATIBILITY">Conflicting
 *     lock modes</a>
 */
final class LockConflicts {
  private static final Map<LockMode, List<String>> CONFLICTS =
      new EnumMap<>(
          Map.of(
              LockMode.SHARE_UPDATE_EXCLUSIVE,
              List.of(
                  "ShareUpdateExclusiveLock",
                  "ShareLock",
                  "ShareRowExclusiveLock",
                  "ExclusiveLock",
                  "AccessExclusiveLock"),
              LockMode.SHARE,
              List.of(
                  "RowExclusiveLock",
                  "ShareUpdateExclusiveLock",
                  "ShareRowExclusiveLock",
                  "ExclusiveLock",
                  "AccessExclusiveLock"),
              LockMode.SHARE_ROW_EXCLUSIVE,
              List.of(
                  "RowExclusiveLock",
                  "ShareUpdateExclusiveLock",
                  "ShareLock",
                  "ShareRowExclusiveLock",
                  "ExclusiveLock",
                  "AccessExclusiveLock"),
              LockMode.ACCESS_EXCLUSIVE,
              List.of(
                  "AccessShareLock",
                  "RowShareLock",
                  "RowExclusiveLock",
                  "ShareUpdateExclusiveLock",
                  "ShareLock",
                  "ShareRowExclusiveLock",
                  "ExclusiveLock",
                  "AccessExclusiveLock")));

  private LockConflicts() {}

  /** The modes that a lock of {@code mode} has to wait for. */
  static List<String> of(LockMode mode) {
    return CONFLICTS.getOrDefault(mode, List.of());
  }
}
