package dev.lockstep.definitions.plan;

import java.util.List;

/**
 * A constraint to add without proof.
 *
 * @param sql that adds it, not valid
 * @param validate whether it is proven later
 * @param said what it demands, for people
 */
record NewConstraint(
    String name, String sql, boolean validate, List<TableLock> locks, String said) {
  NewConstraint {
    locks = List.copyOf(locks);
  }
}
