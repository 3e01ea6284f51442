package dev.lockstep.activities.postgres.observe;

import dev.lockstep.definitions.plan.Observation.Dependent;
import dev.lockstep.definitions.plan.Partitions;
import dev.lockstep.definitions.plan.Partitions.Kind;
import dev.lockstep.definitions.plan.Partitions.Partition;
import dev.lockstep.definitions.plan.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Reads how a table is divided into partitions, and what these have of their own. */
record PartitionFacts(Partitions partitions, long rows, long bytes, double writesPerSecond) {
  /** What does not go with the partition. */
  private static final Pattern OUTSIDE =
      Pattern.compile("^(view|materialized view|rule|function|procedure|subscription) ");

  /** The table and what is below it; nothing below a partition that is being detached. */
  static final String TREE =
      """
      WITH RECURSIVE tree (oid, relkind, level, parent, detaching) AS (
        SELECT c.oid, c.relkind, 0, NULL::oid, false FROM pg_class c
        WHERE c.oid = CAST(:table AS oid) AND c.relkind = 'p' AND NOT c.relispartition
        UNION ALL
        SELECT c.oid, c.relkind, tree.level + 1, tree.oid,
          coalesce((to_jsonb(i) ->> 'inhdetachpending')::boolean, false)
        FROM tree JOIN pg_inherits i ON i.inhparent = tree.oid
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE tree.relkind = 'p' AND NOT tree.detaching)
      """;

  private static final String PARTITIONS =
      TREE
          + """
          SELECT tree.oid::bigint AS oid, n.nspname::text AS schema, c.relname::text AS name,
            CASE WHEN tree.detaching THEN 'DETACHING' WHEN c.relkind = 'p' THEN 'BRANCH'
              WHEN c.relkind = 'f' THEN 'FOREIGN' ELSE 'LEAF' END AS kind,
            pg_get_userbyid(c.relowner)::text AS owner,
            pg_has_role(c.relowner, 'USAGE') AS owned,
            CASE WHEN c.relkind <> 'r' OR pg_relation_size(c.oid) = 0 THEN 0
              WHEN c.reltuples = 0 AND c.relpages = 0 THEN -1 ELSE c.reltuples END::bigint AS rows,
            coalesce(pg_table_size(c.oid), 0) AS bytes,
            coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0)
              / greatest(1, extract(epoch FROM clock_timestamp()
                - coalesce(d.stats_reset, pg_postmaster_start_time())))::float8 AS writes
          FROM tree JOIN pg_class c ON c.oid = tree.oid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
          LEFT JOIN pg_stat_database d ON d.datname = current_database()
          WHERE tree.level > 0 ORDER BY tree.level, n.nspname, c.relname
          """;

  /**
   * Columns of the partition keys by their names; a partition may number them otherwise. A column
   * in an expression depends on the table, not the table on it.
   */
  private static final String KEYS =
      TREE
          + """
          SELECT DISTINCT a.attname::text FROM tree
          JOIN pg_partitioned_table p ON p.partrelid = tree.oid
          JOIN pg_attribute a ON a.attrelid = tree.oid
          WHERE a.attnum = ANY (p.partattrs::int2[]) OR EXISTS (
            SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = tree.oid
              AND d.objsubid = a.attnum AND d.refclassid = 'pg_class'::regclass
              AND d.refobjid = tree.oid AND d.refobjsubid = 0 AND d.deptype = 'i')
          ORDER BY 1
          """;

  /** Partitions that something may use, so that not each of thousands is asked for what. */
  private static final String USED =
      TREE
          + """
          SELECT oid::bigint FROM tree WHERE level > 0 AND (
            EXISTS (SELECT FROM pg_depend d LEFT JOIN pg_trigger t
                ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
              WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = tree.oid
                AND (d.classid IN ('pg_rewrite'::regclass, 'pg_proc'::regclass,
                    'pg_policy'::regclass, 'pg_publication_rel'::regclass,
                    'pg_statistic_ext'::regclass)
                  OR t.tgparentid = 0 AND NOT t.tgisinternal))
            OR EXISTS (SELECT FROM pg_subscription_rel s WHERE s.srrelid = tree.oid))
          """;

  private static final String EXPRESSIONS =
      TREE
          + """
          SELECT EXISTS (SELECT FROM tree JOIN pg_partitioned_table p ON p.partrelid = tree.oid
            WHERE p.partexprs IS NOT NULL)
          """;

  /** What is there of a partition. */
  private record Row(long oid, Partition partition, long rows, long bytes, double writes) {}

  static Optional<PartitionFacts> read(Handle handle, long table) {
    List<String> keys = handle.createQuery(KEYS).bind("table", table).mapTo(String.class).list();
    boolean expressions =
        handle.createQuery(EXPRESSIONS).bind("table", table).mapTo(Boolean.class).one();
    return keys.isEmpty() && !expressions
        ? Optional.empty()
        : Optional.of(read(handle, table, keys, expressions));
  }

  private static PartitionFacts read(
      Handle handle, long table, List<String> keys, boolean expressions) {
    List<Row> rows = rows(handle, table);
    List<Dependent> own = new ArrayList<>(OwnPartFacts.own(handle, table));
    List<Dependent> users = new ArrayList<>(OwnPartFacts.referrers(handle, table));
    Set<Long> used =
        Set.copyOf(handle.createQuery(USED).bind("table", table).mapTo(Long.class).list());
    rows.stream()
        .filter(row -> used.contains(row.oid()))
        .forEach(row -> dependents(handle, row, own, users));
    boolean unknown = rows.stream().anyMatch(r -> r.rows() < 0);
    return new PartitionFacts(
        new Partitions(keys, expressions, rows.stream().map(Row::partition).toList(), own, users),
        unknown ? -1 : rows.stream().mapToLong(Row::rows).sum(),
        rows.stream().mapToLong(Row::bytes).sum(),
        rows.stream().mapToDouble(Row::writes).sum());
  }

  /** Publications, which name no columns, are those of the table. */
  private static void dependents(
      Handle handle, Row row, List<Dependent> own, List<Dependent> users) {
    for (Dependent dependent : DependentFacts.read(handle, row.oid())) {
      String description = dependent.description() + " over partition " + row.partition().name();
      boolean outside = OUTSIDE.matcher(description).find();
      if (outside || !dependent.columns().isEmpty()) {
        (outside ? users : own).add(new Dependent(dependent.columns(), description));
      }
    }
  }

  private static List<Row> rows(Handle handle, long table) {
    return handle
        .createQuery(PARTITIONS)
        .bind("table", table)
        .map(
            (row, context) ->
                new Row(
                    row.getLong("oid"),
                    new Partition(
                        new TableName(row.getString("schema"), row.getString("name")),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("owner"),
                        row.getBoolean("owned")),
                    row.getLong("rows"),
                    row.getLong("bytes"),
                    row.getDouble("writes")))
        .list();
  }
}
