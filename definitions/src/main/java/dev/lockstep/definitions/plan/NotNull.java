package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Constraint;

/**
 * NOT NULL without a scan under a lock: a check that is not valid, its proof, and then NOT NULL,
 * which takes the proof of the check.
 */
final class NotNull {
  private NotNull() {}

  /** For a new column, once its rows are filled. */
  static void after(Compilation compilation, TableName table, FreshColumn column) {
    after(compilation, table, column.stored(), column.name());
  }

  /** For a new column that has another name until contract. */
  static void after(Compilation compilation, TableName table, String stored, String name) {
    SqlDialect dialect = compilation.ground.dialect();
    compilation.batch(table).lateConstraints.add(check(dialect, table, stored, name));
    TableDraft draft = compilation.draft(table);
    draft.settles.add(dialect.setNotNull(table, name));
    draft.settles.add(dialect.dropConstraint(table, Naming.notNullCheck(name)));
  }

  /** For a column that is there. */
  static void now(Compilation compilation, TableName table, String column) {
    SqlDialect dialect = compilation.ground.dialect();
    NewConstraint check = check(dialect, table, column, column);
    compilation.batch(table).earlyConstraints.add(check);
    TableDraft draft = compilation.draft(table);
    draft.tightens.add(
        new Reversible(dialect.setNotNull(table, column), dialect.dropNotNull(table, column)));
    draft.tightens.add(new Reversible(dialect.dropConstraint(table, check.name()), check.sql()));
  }

  private static NewConstraint check(
      SqlDialect dialect, TableName table, String stored, String name) {
    Constraint.Check filled = new Constraint.Check(dialect.quote(stored) + " IS NOT NULL");
    String check = Naming.notNullCheck(name);
    return new NewConstraint(
        check,
        dialect.addConstraint(table, check, filled),
        true,
        Locks.exclusive(table),
        "that " + name + " is never NULL");
  }
}
