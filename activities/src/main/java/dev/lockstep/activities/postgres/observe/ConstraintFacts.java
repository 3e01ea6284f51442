package dev.lockstep.activities.postgres.observe;

import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import dev.lockstep.definitions.plan.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads a table's constraints and those of tables that refer to it. A table that refers to itself
 * has both: its own foreign key, and the same one with itself as referrer. What the server keeps of
 * a constraint for single partitions is left out.
 */
final class ConstraintFacts {
  private static final Map<String, Kind> KINDS =
      Map.of(
          "c", Kind.CHECK,
          "f", Kind.FOREIGN_KEY,
          "p", Kind.PRIMARY_KEY,
          "u", Kind.UNIQUE,
          "x", Kind.EXCLUSION);

  private static final String CONSTRAINTS =
      """
      SELECT k.conname::text AS name, k.contype::text AS kind, k.convalidated AS validated,
        pg_get_constraintdef(k.oid) AS definition, side.incoming,
        ARRAY(
          SELECT a.attname::text FROM (
            SELECT n.attnum::int AS attnum, n.place FROM unnest(side.key) WITH ORDINALITY
              AS n(attnum, place)
            UNION
            SELECT d.refobjsubid, 1000 + d.refobjsubid FROM pg_depend d
            WHERE k.contype IN ('c', 'x') AND d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
              AND d.refclassid = 'pg_class'::regclass AND d.refobjid = k.conrelid
              AND NOT d.refobjsubid = ANY (side.key)) used
          JOIN pg_attribute a ON a.attrelid = :table AND a.attnum = used.attnum
          WHERE used.attnum > 0
          ORDER BY used.place) AS columns,
        other_schema.nspname::text AS other_schema, other.relname::text AS other_name
      FROM pg_constraint k
      CROSS JOIN LATERAL (
        SELECT false AS incoming, coalesce(k.conkey, '{}') AS key, k.confrelid AS other
        WHERE k.conrelid = :table AND k.conparentid = 0
        UNION ALL
        SELECT true, k.confkey, k.conrelid WHERE k.confrelid = :table AND k.conparentid = 0) side
      LEFT JOIN pg_class other ON other.oid = side.other
      LEFT JOIN pg_namespace other_schema ON other_schema.oid = other.relnamespace
      WHERE (k.conrelid = :table OR k.confrelid = :table) AND k.conparentid = 0
        AND k.contype IN ('c', 'f', 'p', 'u', 'x')
      ORDER BY side.incoming, k.conname, other_schema, other_name
      """;

  private ConstraintFacts() {}

  static List<TableConstraint> read(Handle handle, long table) {
    return handle
        .createQuery(CONSTRAINTS.replace(":table", "CAST(:table AS oid)"))
        .bind("table", table)
        .map((row, context) -> constraint(row))
        .list();
  }

  private static TableConstraint constraint(ResultSet row) throws SQLException {
    String schema = row.getString("other_schema");
    Optional<TableName> other =
        Optional.ofNullable(schema).map(s -> new TableName(s, text(row, "other_name")));
    boolean incoming = row.getBoolean("incoming");
    return new TableConstraint(
        row.getString("name"),
        Optional.ofNullable(KINDS.get(row.getString("kind"))).orElseThrow(),
        Arrays.texts(row, "columns"),
        row.getString("definition"),
        row.getBoolean("validated"),
        incoming ? other : Optional.empty(),
        incoming ? Optional.empty() : other);
  }

  private static String text(ResultSet row, String column) {
    try {
      return row.getString(column);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
