package dev.lockstep.activities.postgres.observe;

import dev.lockstep.definitions.plan.Observation.Dependent;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Reads what single partitions have that they do not have from their table, by columns. A partition
 * may number its columns otherwise than the table does; names are the same.
 */
final class OwnPartFacts {
  /** Of an index: key, INCLUDE, expression and predicate. */
  private static final String INDEXES =
      """
      SELECT ARRAY(
          SELECT a.attname::text FROM pg_attribute a
          WHERE a.attrelid = x.indrelid AND a.attnum > 0 AND (a.attnum = ANY (x.indkey::int2[])
            OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
              AND d.objid = x.indexrelid AND d.refclassid = 'pg_class'::regclass
              AND d.refobjid = x.indrelid AND d.refobjsubid = a.attnum))
          ORDER BY 1) AS columns,
        'index ' || i.relname || ' of partition ' || c.relname AS description
      FROM part JOIN pg_class c ON c.oid = part.oid
      JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
      WHERE NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = x.indexrelid)
        AND NOT EXISTS (SELECT FROM pg_constraint k
          WHERE k.conindid = x.indexrelid AND k.conrelid = x.indrelid)
      """;

  private static final String CONSTRAINTS =
      """
      SELECT ARRAY(
          SELECT a.attname::text FROM pg_attribute a
          WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) ORDER BY 1),
        'constraint ' || k.conname || ' of partition ' || c.relname
      FROM part JOIN pg_class c ON c.oid = part.oid
      JOIN pg_constraint k ON k.conrelid = c.oid
      WHERE k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.coninhcount = 0 AND k.conparentid = 0
      """;

  private static final String COLUMNS =
      """
      SELECT ARRAY[a.attname::text], what.text || ' of its own in partition ' || c.relname
      FROM part JOIN pg_class c ON c.oid = part.oid
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_attribute t ON t.attrelid = CAST(:table AS oid) AND t.attname = a.attname
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      LEFT JOIN pg_attrdef td ON td.adrelid = t.attrelid AND td.adnum = t.attnum
      LEFT JOIN pg_description m ON m.classoid = 'pg_class'::regclass AND m.objoid = a.attrelid
        AND m.objsubid = a.attnum
      CROSS JOIN LATERAL (VALUES
        ('a NOT NULL', a.attnotnull AND NOT t.attnotnull),
        ('a default', a.attgenerated = '' AND a.attidentity = ''
          AND pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_get_expr(td.adbin, td.adrelid)),
        ('privileges', a.attacl IS NOT NULL),
        ('a comment', m.description IS NOT NULL)) AS what (text, there)
      WHERE what.there
      """;

  private static final String REFERRERS =
      """
      SELECT ARRAY(
          SELECT a.attname::text FROM pg_attribute a
          WHERE a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey) ORDER BY 1) AS columns,
        'foreign key ' || k.conname || ' of table ' || r.relname || ' to partition ' || c.relname
          AS description
      FROM part JOIN pg_class c ON c.oid = part.oid
      JOIN pg_constraint k ON k.confrelid = c.oid JOIN pg_class r ON r.oid = k.conrelid
      WHERE k.contype = 'f' AND k.conparentid = 0
      ORDER BY description
      """;

  private static final String TRIGGERS =
      """
      SELECT t.tgname || ' of partition ' || c.relname FROM part JOIN pg_class c ON c.oid = part.oid
      JOIN pg_trigger t ON t.tgrelid = c.oid
      WHERE NOT t.tgisinternal AND t.tgparentid = 0
      ORDER BY 1
      """;

  private static final String PARTS =
      PartitionFacts.TREE + ", part AS (SELECT oid FROM tree WHERE level > 0 AND relkind <> 'f')\n";

  private OwnPartFacts() {}

  /** What goes with a partition, or with a column of it. */
  static List<Dependent> own(Handle handle, long table) {
    String all = String.join("UNION ALL\n", INDEXES, CONSTRAINTS, COLUMNS);
    return read(handle, all + "ORDER BY description", table);
  }

  /** Foreign keys that refer to a partition itself. */
  static List<Dependent> referrers(Handle handle, long table) {
    return read(handle, REFERRERS, table);
  }

  /** The triggers that partitions do not have from the table. */
  static List<String> triggers(Handle handle, long table) {
    return handle.createQuery(PARTS + TRIGGERS).bind("table", table).mapTo(String.class).list();
  }

  private static List<Dependent> read(Handle handle, String query, long table) {
    return handle
        .createQuery(PARTS + query)
        .bind("table", table)
        .map((row, at) -> new Dependent(Arrays.texts(row, "columns"), row.getString("description")))
        .list();
  }
}
