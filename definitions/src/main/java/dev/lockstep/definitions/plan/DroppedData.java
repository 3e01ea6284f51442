package dev.lockstep.definitions.plan;

import java.util.List;
import java.util.Optional;

/**
 * What of a table finish drops.
 *
 * @param migration whose finish it is
 * @param table under the name that clients know
 * @param stored what the table is called when it is dropped: the same unless the whole of it goes
 * @param columns the ones that go; empty: the whole table
 */
public record DroppedData(
    String migration, TableName table, TableName stored, List<Column> columns) {
  public DroppedData {
    columns = List.copyOf(columns);
  }

  /** Whether the whole table goes. */
  public boolean whole() {
    return columns.isEmpty();
  }

  /**
   * A column that goes, as it was before the migration.
   *
   * @param stored what it is called when it is dropped
   * @param type as {@code format_type} writes it
   * @param collation as SQL writes it, where it is not that of the type
   * @param defaultValue SQL; of a generated column its expression, absent for an identity column
   * @param generated identity or generated column: its values are kept, what made them is not
   */
  public record Column(
      String name,
      String stored,
      String type,
      Optional<String> collation,
      boolean nullable,
      Optional<String> defaultValue,
      boolean generated,
      Optional<String> comment) {
    static Column of(Observation.TableColumn column) {
      return new Column(
          column.name(),
          Naming.tombstone(column.name()),
          column.type(),
          column.collation(),
          column.nullable(),
          column.defaultValue(),
          column.generated(),
          column.comment());
    }
  }
}
