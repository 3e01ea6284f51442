package dev.lockstep.activities.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a migration dropped, as the manifest of it says: readable without the key.
 *
 * @param run of the migration, such as {@code customer-full-name/1}
 * @param backup name of the {@code Backup} that the restore point is of
 * @param database name of the {@code Database}
 * @param table under the name that clients knew
 * @param columns that were dropped, by their old names; empty: the whole table
 * @param until when no rule of retention asks for it any more
 */
public record Kept(
    String run, String backup, String database, String table, List<String> columns, Instant until) {
  public Kept {
    columns = List.copyOf(columns);
  }

  /** For people. */
  public String what() {
    return columns.isEmpty() ? "table " + table : String.join(", ", columns) + " of " + table;
  }

  /** Whether the other one is of the same thing and the same run; the time does not count. */
  boolean isOf(Kept other) {
    return run.equals(other.run)
        && backup.equals(other.backup)
        && database.equals(other.database)
        && table.equals(other.table)
        && columns.equals(other.columns);
  }
}
