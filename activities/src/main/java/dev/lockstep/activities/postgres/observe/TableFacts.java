package dev.lockstep.activities.postgres.observe;

import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A table's own row of the catalogue, the way to everything else of it.
 *
 * @param oid of the table
 */
record TableFacts(
    long oid,
    TableName name,
    String owner,
    boolean owned,
    boolean mayCreateInSchema,
    boolean partitioned,
    long rows,
    long bytes,
    double writesPerSecond) {
  /** In 13, a table that was never analysed has 0 pages and 0 rows; later it has -1 rows. */
  private static final String TABLE =
      """
      SELECT c.oid::bigint AS oid,
        pg_get_userbyid(c.relowner)::text AS owner,
        pg_has_role(c.relowner, 'USAGE') AS owned,
        has_schema_privilege(n.oid, 'CREATE') AS may_create,
        c.relkind = 'p' OR c.relispartition OR EXISTS (
          SELECT FROM pg_inherits i WHERE c.oid IN (i.inhparent, i.inhrelid)) AS partitioned,
        CASE WHEN c.reltuples = 0 AND c.relpages = 0 THEN -1 ELSE c.reltuples END::bigint AS rows,
        coalesce(pg_table_size(c.oid), 0) AS bytes,
        coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0)
          / greatest(1, extract(epoch FROM clock_timestamp()
            - coalesce(d.stats_reset, pg_postmaster_start_time())))::float8 AS writes
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
      LEFT JOIN pg_stat_database d ON d.datname = current_database()
      WHERE n.nspname = :schema AND c.relname = :name AND c.relkind IN ('r', 'p')
      """;

  private static final String TRIGGERS =
      """
      SELECT tgname::text FROM pg_trigger
      WHERE tgrelid = CAST(:table AS oid) AND NOT tgisinternal ORDER BY tgname
      """;

  static Optional<TableFacts> find(Handle handle, TableName name) {
    return handle
        .createQuery(TABLE)
        .bind("schema", name.schema())
        .bind("name", name.name())
        .map(
            (row, context) ->
                new TableFacts(
                    row.getLong("oid"),
                    name,
                    row.getString("owner"),
                    row.getBoolean("owned"),
                    row.getBoolean("may_create"),
                    row.getBoolean("partitioned"),
                    row.getLong("rows"),
                    row.getLong("bytes"),
                    row.getDouble("writes")))
        .findOne();
  }

  Observation.Table table(Handle handle) {
    List<IndexFacts> indexes = IndexFacts.read(handle, oid);
    Optional<PartitionFacts> parts = PartitionFacts.read(handle, oid);
    List<String> triggers =
        new ArrayList<>(handle.createQuery(TRIGGERS).bind("table", oid).mapTo(String.class).list());
    triggers.addAll(OwnPartFacts.triggers(handle, oid));
    return new Observation.Table(
        name,
        owner,
        owned,
        mayCreateInSchema,
        partitioned,
        parts.map(PartitionFacts::rows).orElse(rows),
        parts.map(PartitionFacts::bytes).orElse(bytes),
        IndexFacts.key(indexes),
        ColumnFacts.read(handle, oid),
        indexes.stream().map(IndexFacts::index).toList(),
        ConstraintFacts.read(handle, oid),
        triggers,
        DependentFacts.read(handle, oid),
        parts.map(PartitionFacts::writesPerSecond).orElse(writesPerSecond),
        parts.map(PartitionFacts::partitions));
  }
}
