package dev.lockstep.definitions.plan;

import java.util.List;

/**
 * An old column that follows new ones, until it is dropped.
 *
 * @param expression over the new row
 * @param uses the new row's columns in it
 * @param comparable whether the same row always gives the same value
 */
record StaleColumn(
    String name, String expression, List<String> uses, String type, boolean comparable) {
  StaleColumn {
    uses = List.copyOf(uses);
  }

  /** Before contract: new names stand for the columns that will take them. */
  Synchronisation.Derived now(Fate fate) {
    return new Synchronisation.Derived(
        name,
        expression,
        uses.stream().map(n -> new Synchronisation.Input(n, fate.stored(n))).toList());
  }

  /** After contract: hidden, and every new name is real. */
  Synchronisation.Derived hidden() {
    return new Synchronisation.Derived(
        Naming.tombstone(name),
        expression,
        uses.stream().map(n -> new Synchronisation.Input(n, n)).toList());
  }
}
