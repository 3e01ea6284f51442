package dev.lockstep.activities.postgres;

import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The partitions of a table as they are now, at every level. From the catalogue's rows alone: the
 * server's own {@code pg_partition_tree} waits for a lock of each. One that is being detached is
 * not among them.
 */
public final class PartitionTree {
  /**
   * Rows {@code (oid, relkind, level, parent)} of a table and of what is below it; only the table
   * itself where it is not partitioned. To be preceded by WITH RECURSIVE; {@code %s} is the table's
   * oid.
   */
  private static final String TREE =
      """
      tree (oid, relkind, level, parent) AS (
        SELECT oid, relkind, 0, NULL::oid FROM pg_catalog.pg_class WHERE oid = %s
        UNION ALL
        SELECT c.oid, c.relkind, tree.level + 1, tree.oid
        FROM tree JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.oid
        JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
        WHERE tree.relkind = 'p'
          AND coalesce(to_jsonb(i) ->> 'inhdetachpending', 'false') = 'false')\
      """;

  private static final String PARTITIONED =
      "SELECT relkind = 'p' FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(:table)";

  private static final String PARTITIONS =
      """
      WITH RECURSIVE %s
      SELECT n.nspname, c.relname, pn.nspname AS parent_schema, p.relname AS parent_name,
        c.relkind <> 'p' AS leaf
      FROM tree JOIN pg_catalog.pg_class c ON c.oid = tree.oid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_class p ON p.oid = tree.parent
      JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
      ORDER BY tree.level, c.oid
      """;

  private PartitionTree() {}

  /**
   * A partition.
   *
   * @param parent the table or partition that it is directly below
   * @param leaf whether it holds rows, and is not itself divided
   */
  public record Partition(TableName name, TableName parent, boolean leaf) {}

  /** {@link #TREE} of the table whose oid the SQL gives. */
  public static String sql(String oid) {
    return TREE.formatted(oid);
  }

  /** The partitions, parents first; absent where the table is not partitioned or not there. */
  public static Optional<List<Partition>> find(Handle handle, TableName table) {
    boolean partitioned =
        handle
            .createQuery(PARTITIONED)
            .bind("table", Quoted.name(table))
            .mapTo(Boolean.class)
            .findOne()
            .orElse(false);
    return partitioned ? Optional.of(read(handle, table)) : Optional.empty();
  }

  private static List<Partition> read(Handle handle, TableName table) {
    return handle
        .createQuery(PARTITIONS.formatted(sql("pg_catalog.to_regclass(:table)")))
        .bind("table", Quoted.name(table))
        .map(
            (row, at) ->
                new Partition(
                    new TableName(row.getString("nspname"), row.getString("relname")),
                    new TableName(row.getString("parent_schema"), row.getString("parent_name")),
                    row.getBoolean("leaf")))
        .list();
  }
}
