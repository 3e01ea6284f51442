package dev.lockstep.definitions.plan;

import java.util.List;

/**
 * How rows of a table are walked in order.
 *
 * @param columns of the primary key or of a unique key without NULLs, in index order; empty: the
 *     table has no such key and is walked by physical place (ctid)
 */
public record RowKey(List<KeyColumn> columns) {
  public RowKey {
    columns = List.copyOf(columns);
  }

  /** Whether rows are walked by physical place. */
  public boolean physical() {
    return columns.isEmpty();
  }

  /**
   * One column of a key.
   *
   * @param type as {@code format_type} writes it; a bound is sent as text and cast to it
   */
  public record KeyColumn(String name, String type) {}
}
