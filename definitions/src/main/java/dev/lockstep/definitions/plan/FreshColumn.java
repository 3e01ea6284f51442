package dev.lockstep.definitions.plan;

/**
 * A new column that follows old ones.
 *
 * @param name that it ends with
 * @param derived under the name that it has until contract
 * @param type of the column
 * @param comparable whether the same row always gives the same value
 * @param said how people write where the value comes from
 */
record FreshColumn(
    String name,
    Synchronisation.Derived derived,
    String type,
    boolean notNull,
    boolean comparable,
    String said) {
  /** Whether it equals a row of another table at every moment. */
  boolean followed() {
    return derived.followed();
  }

  String stored() {
    return derived.column();
  }
}
