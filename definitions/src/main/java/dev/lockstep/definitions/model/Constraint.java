package dev.lockstep.definitions.model;

import java.util.List;

/** What a new constraint demands. */
public sealed interface Constraint {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /**
   * A condition on the row.
   *
   * @param expression SQL that must not be false
   */
  record Check(String expression) implements Constraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.check(this);
    }
  }

  /**
   * A reference to another table.
   *
   * @param columns the referring columns, in the order of {@code referencedColumns}
   * @param onDelete what happens to referring rows
   */
  record ForeignKey(
      List<String> columns,
      String referencedTable,
      List<String> referencedColumns,
      OnDelete onDelete)
      implements Constraint {
    public ForeignKey {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.foreignKey(this);
    }
  }

  /** The action on rows that refer to a deleted row. */
  enum OnDelete {
    /** The delete fails. */
    NO_ACTION,
    /** The delete fails at once, even where the constraint is deferrable. */
    RESTRICT,
    /** They are deleted too. */
    CASCADE,
    /** Their referring columns become NULL. */
    SET_NULL
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for a condition. */
    R check(Check check);

    /** Answers for a reference. */
    R foreignKey(ForeignKey foreignKey);
  }
}
