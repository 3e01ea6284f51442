package dev.lockstep.activities.postgres.observe;

import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * An index and how well rows can be walked by it.
 *
 * @param walkable whether it names each row exactly once: unique over plain columns without NULLs,
 *     valid, not partial, not deferrable
 * @param primary whether it is that of the primary key
 * @param keyColumns its key columns in order, where it is walkable
 */
record IndexFacts(
    Observation.Index index, boolean walkable, boolean primary, List<RowKey.KeyColumn> keyColumns) {
  private static final String INDEXES =
      """
      SELECT c.relname::text AS name,
        ARRAY(
          SELECT a.attname::text
          FROM (
            SELECT k.attnum, min(k.place) AS place
            FROM (
              SELECT key.attnum::int AS attnum, key.place
              FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS key(attnum, place)
              UNION ALL
              SELECT d.refobjsubid, 1000 + d.refobjsubid FROM pg_depend d
              WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid) k
            WHERE k.attnum > 0
            GROUP BY k.attnum) used
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = used.attnum
          ORDER BY used.place) AS columns,
        i.indisunique AS is_unique, i.indisvalid AS is_valid, i.indisprimary AS is_primary,
        pg_get_indexdef(i.indexrelid) AS definition,
        (SELECT k.conname::text FROM pg_constraint k
          WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
            AND k.conrelid = i.indrelid) AS constraint_name,
        i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL
          AND i.indexprs IS NULL AND NOT EXISTS (
            SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS key(attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.attnum
            WHERE key.place <= i.indnkeyatts AND NOT a.attnotnull) AS walkable,
        ARRAY(
          SELECT a.attname::text
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS key(attnum, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.attnum
          WHERE key.place <= i.indnkeyatts ORDER BY key.place) AS key_names,
        ARRAY(
          SELECT format_type(a.atttypid, a.atttypmod)
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS key(attnum, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.attnum
          WHERE key.place <= i.indnkeyatts ORDER BY key.place) AS key_types
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = CAST(:table AS oid)
      ORDER BY c.relname
      """;

  static List<IndexFacts> read(Handle handle, long table) {
    return handle
        .createQuery(INDEXES)
        .bind("table", table)
        .map(
            (row, context) -> {
              Observation.Index index =
                  new Observation.Index(
                      row.getString("name"),
                      Arrays.texts(row, "columns"),
                      row.getBoolean("is_unique"),
                      row.getBoolean("is_valid"),
                      row.getString("definition"),
                      Optional.ofNullable(row.getString("constraint_name")));
              return new IndexFacts(
                  index,
                  row.getBoolean("walkable"),
                  row.getBoolean("is_primary"),
                  keyColumns(Arrays.texts(row, "key_names"), Arrays.texts(row, "key_types")));
            })
        .list();
  }

  /** The primary key, else the shortest other walkable key, else none. */
  static RowKey key(List<IndexFacts> indexes) {
    return indexes.stream()
        .filter(IndexFacts::walkable)
        .min(
            Comparator.comparing(IndexFacts::primary)
                .reversed()
                .thenComparing(facts -> facts.keyColumns().size()))
        .map(facts -> new RowKey(facts.keyColumns()))
        .orElse(new RowKey(List.of()));
  }

  private static List<RowKey.KeyColumn> keyColumns(List<String> names, List<String> types) {
    List<RowKey.KeyColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(new RowKey.KeyColumn(names.get(i), types.get(i)));
    }
    return columns;
  }
}
