package dev.lockstep.definitions.plan;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a trigger keeps old and new columns of one table equal.
 *
 * @param trigger name of the trigger and of its function, in the table's schema
 * @param groups each independent of the others
 * @param incomparable columns of the table whose type is not {@link SqlDialect#comparable}, sorted
 * @param movers columns whose change can carry a row to another partition, which the server does by
 *     an INSERT there: it must derive nothing from a row that is complete; sorted
 */
public record Synchronisation(
    TableName table,
    String trigger,
    List<Group> groups,
    Set<String> incomparable,
    Set<String> movers) {
  public Synchronisation {
    groups = List.copyOf(groups);
    incomparable = Collections.unmodifiableSortedSet(new TreeSet<>(incomparable));
    movers = Collections.unmodifiableSortedSet(new TreeSet<>(movers));
  }

  /** With comparable columns only, of a table that is not partitioned. */
  public Synchronisation(TableName table, String trigger, List<Group> groups) {
    this(table, trigger, groups, Set.of(), Set.of());
  }

  /**
   * Columns that follow each other.
   *
   * <ol>
   *   <li>UPDATE: where a fresh column changed, every stale column that uses it is derived; else,
   *       where an input of a fresh column changed, that fresh column is derived. Where no fresh
   *       column had a value yet, those that are not given are derived first, so that a stale
   *       column loses none of its parts.
   *   <li>INSERT: where a fresh column is given, the stale ones are derived; else the fresh ones.
   *   <li>A fresh column whose lookup is followed stands alone. It is derived whatever a client
   *       gives for it: on INSERT, and where it or an input changed.
   *   <li>A group without fresh columns fills its stale columns on INSERT where they are NULL; on
   *       UPDATE, where an input of a stale column changed and it did not, it is derived.
   * </ol>
   *
   * @param fresh the new columns, each from old ones
   * @param stale the old columns, each from new ones
   */
  public record Group(List<Derived> fresh, List<Derived> stale) {
    public Group {
      fresh = List.copyOf(fresh);
      stale = List.copyOf(stale);
    }

    /** Whether it is one column that equals a row of another table at every moment. */
    public boolean followed() {
      return fresh.stream().anyMatch(Derived::followed);
    }
  }

  /**
   * A column and how its value follows from others.
   *
   * @param column as it is stored now
   * @param expression SQL over the names of {@code inputs}; where it is looked up, over the columns
   *     of the other table
   * @param inputs of the own row; where it is looked up, the columns that find the other row
   * @param lookedUp the other table, where the value stands in one
   */
  public record Derived(
      String column, String expression, List<Input> inputs, Optional<LookedUp> lookedUp) {
    public Derived {
      inputs = List.copyOf(inputs);
    }

    /** From the own row. */
    public Derived(String column, String expression, List<Input> inputs) {
      this(column, expression, inputs, Optional.empty());
    }

    /** Whether it equals a row of another table at every moment. */
    public boolean followed() {
      return lookedUp.filter(LookedUp::followed).isPresent();
    }
  }

  /**
   * A name in an expression.
   *
   * @param name as the expression writes it
   * @param column that holds its value now; differs from the name for a column that will take the
   *     name at contract
   */
  public record Input(String name, String column) {}
}
