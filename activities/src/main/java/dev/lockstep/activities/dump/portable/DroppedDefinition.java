package dev.lockstep.activities.dump.portable;

import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import java.util.List;

/**
 * What has to be known to bring back what a migration dropped; stored beside the rows.
 *
 * @param version of this form and that of the rows
 * @param data what was dropped
 * @param rowKey the columns that the rows begin with: of columns that were dropped, the key by
 *     which their rows are found again; of a whole table, none
 * @param keyed whether {@code rowKey} is a key; else it is every other column, for people
 * @param columns of a whole table, those that the rows have, in their order
 * @param before statements that make a whole table, under its stored name
 * @param after statements for when it has its rows: keys, indexes, sequences, comments
 * @param foreignKeys statements that add foreign keys of a whole table
 */
public record DroppedDefinition(
    int version,
    DroppedData data,
    List<KeyColumn> rowKey,
    boolean keyed,
    List<String> columns,
    List<String> before,
    List<String> after,
    List<String> foreignKeys) {
  /** The part of the dump that holds it, in JSON. */
  public static final String PART = "definition.json";

  /** The part of the dump that holds the rows, as COPY writes text. */
  public static final String ROWS = "rows.copy";

  /** The only version there is. */
  public static final int VERSION = 1;

  public DroppedDefinition {
    rowKey = List.copyOf(rowKey);
    columns = List.copyOf(columns);
    before = List.copyOf(before);
    after = List.copyOf(after);
    foreignKeys = List.copyOf(foreignKeys);
  }
}
