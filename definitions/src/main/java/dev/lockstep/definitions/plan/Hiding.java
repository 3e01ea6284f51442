package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Observation.TableColumn;

/** Hides an old column under another name at contract, and drops it at finish. */
final class Hiding {
  private Hiding() {}

  /** A column that nothing fills once it is hidden: it keeps its default. */
  static void alone(Compilation compilation, TableName table, TableColumn column) {
    SqlDialect dialect = compilation.ground.dialect();
    TableDraft draft = compilation.draft(table);
    String tombstone = Naming.tombstone(column.name());
    draft.contract.add(
        new Reversible(
            dialect.renameColumn(table, column.name(), tombstone),
            dialect.renameColumn(table, tombstone, column.name())));
    draft.hidden.add(column.name());
    draft.drops.add(dialect.dropColumn(table, tombstone));
    draft.table.constraints().stream()
        .filter(c -> c.columns().contains(column.name()))
        .forEach(c -> c.referenced().ifPresent(draft.referenced::add));
  }

  /**
   * A column that follows new ones. Its default goes, or an INSERT that names only new columns
   * would store it in place of the derived value.
   */
  static void following(Compilation compilation, TableName table, TableColumn column) {
    alone(compilation, table, column);
    SqlDialect dialect = compilation.ground.dialect();
    String tombstone = Naming.tombstone(column.name());
    column
        .defaultValue()
        .ifPresent(
            d ->
                compilation
                    .draft(table)
                    .contract
                    .add(
                        new Reversible(
                            dialect.dropDefault(table, tombstone),
                            dialect.setDefault(table, tombstone, d))));
  }
}
