package dev.lockstep.definitions.model;

import java.util.List;
import java.util.Optional;

/**
 * One difference that a migration shall make. Table names are {@code table} or {@code
 * schema.table}; without a schema, {@code public}. Names are given as the catalogue stores them,
 * without quotes.
 */
public sealed interface Change {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /**
   * A new column.
   *
   * @param up SQL for its value from the other columns of the row; evaluated once a row
   * @param lookup its value from a row of another table, instead of {@code up}
   */
  record AddColumn(String table, Column column, Optional<String> up, Optional<Lookup> lookup)
      implements Change {
    /** With nothing to look up. */
    public AddColumn(String table, Column column, Optional<String> up) {
      this(table, column, up, Optional.empty());
    }

    /** Whether rows that are there get a value from others. */
    public boolean computed() {
      return up.isPresent() || lookup.isPresent();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.addColumn(this);
    }
  }

  /**
   * A column that goes.
   *
   * @param down SQL for its value from the columns that stay, for as long as old clients read it
   */
  record DropColumn(String table, String column, Optional<String> down) implements Change {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dropColumn(this);
    }
  }

  /** A column under a new name; both names work until contract. */
  record RenameColumn(String table, String from, String to) implements Change {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.renameColumn(this);
    }
  }

  /**
   * A column with another type or another nullability, under its own name.
   *
   * @param type the new type; absent: unchanged
   * @param nullable the new nullability; absent: unchanged
   * @param up SQL for the new value from the old row, where {@code column} names the old value;
   *     absent: a cast to the new type
   * @param down SQL for the old value, where {@code column} names the new value; absent: a cast to
   *     the old type
   */
  record AlterColumn(
      String table,
      String column,
      Optional<String> type,
      Optional<Boolean> nullable,
      Optional<String> up,
      Optional<String> down)
      implements Change {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.alterColumn(this);
    }
  }

  /**
   * An index, built without blocking writes.
   *
   * @param columns column names or, in parentheses, expressions; in order, at least one
   * @param method access method; absent: btree
   * @param where predicate of a partial index
   */
  record CreateIndex(
      String table,
      String name,
      List<String> columns,
      boolean unique,
      Optional<String> method,
      Optional<String> where)
      implements Change {
    public CreateIndex {
      columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.createIndex(this);
    }
  }

  /** An index that goes. */
  record DropIndex(String table, String name) implements Change {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dropIndex(this);
    }
  }

  /** A new table. */
  record CreateTable(String table, List<Column> columns) implements Change {
    public CreateTable {
      columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.createTable(this);
    }
  }

  /** A table that goes: hidden under another name at contract, dropped at finish. */
  record DropTable(String table) implements Change {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dropTable(this);
    }
  }

  /** A constraint, added NOT VALID and validated later. */
  record AddConstraint(String table, String name, Constraint constraint) implements Change {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.addConstraint(this);
    }
  }

  /**
   * The user's own statements, run in one transaction.
   *
   * @param down statements that undo {@code up}
   * @param during the phase in which {@code up} runs
   */
  record Sql(String up, String down, SqlPhase during) implements Change {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.sql(this);
    }
  }

  /** When the user's own statements run. */
  enum SqlPhase {
    /** With the additive changes, before any rollout. */
    EXPAND,
    /** After every rollout, when old clients are gone, still undoable. */
    CONTRACT
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for a new column. */
    R addColumn(AddColumn change);

    /** Answers for a column that goes. */
    R dropColumn(DropColumn change);

    /** Answers for a column under a new name. */
    R renameColumn(RenameColumn change);

    /** Answers for a column with another type or nullability. */
    R alterColumn(AlterColumn change);

    /** Answers for a new index. */
    R createIndex(CreateIndex change);

    /** Answers for an index that goes. */
    R dropIndex(DropIndex change);

    /** Answers for a new table. */
    R createTable(CreateTable change);

    /** Answers for a table that goes. */
    R dropTable(DropTable change);

    /** Answers for a new constraint. */
    R addConstraint(AddConstraint change);

    /** Answers for the user's own statements. */
    R sql(Sql change);
  }
}
