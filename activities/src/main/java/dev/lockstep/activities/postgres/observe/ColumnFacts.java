package dev.lockstep.activities.postgres.observe;

import dev.lockstep.definitions.plan.Observation;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads a table's columns. */
final class ColumnFacts {
  /** Since 18 a NOT NULL may be not valid: then there may be NULLs. */
  private static final String COLUMNS =
      """
      SELECT a.attname::text AS name,
        format_type(a.atttypid, a.atttypmod) AS type,
        NOT a.attnotnull OR EXISTS (
          SELECT FROM pg_constraint k
          WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey[1] = a.attnum
            AND NOT k.convalidated) AS nullable,
        pg_get_expr(d.adbin, d.adrelid) AS default_value,
        a.attidentity <> '' OR a.attgenerated <> '' AS generated,
        col_description(a.attrelid, a.attnum) AS comment,
        ARRAY(
          SELECT x.privilege_type || ' TO '
            || CASE WHEN x.grantee = 0 THEN 'PUBLIC'
              ELSE quote_ident(pg_get_userbyid(x.grantee)) END
            || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
          FROM aclexplode(a.attacl) x ORDER BY 1) AS privileges,
        CASE WHEN a.attcollation <> t.typcollation THEN
          CASE WHEN l.collnamespace = 'pg_catalog'::regnamespace THEN ''
            ELSE l.collnamespace::regnamespace::text || '.' END || quote_ident(l.collname)
        END AS collation,
        CONSTRAINED AS constrained,
        coalesce((
          SELECT s.most_common_freqs[1] FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname
          WHERE c.oid = a.attrelid AND s.attname = a.attname AND NOT s.inherited), 0)::float8
          AS commonest
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_collation l ON l.oid = a.attcollation
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = CAST(:table AS oid) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum
      """;

  /** Whether the type of the attribute {@code a} is a domain with constraints, as SQL. */
  static final String CONSTRAINED =
      """
      EXISTS (
        WITH RECURSIVE domains AS (
          SELECT y.oid, y.typbasetype, y.typnotnull FROM pg_type y
          WHERE y.oid = a.atttypid AND y.typtype = 'd'
          UNION ALL
          SELECT y.oid, y.typbasetype, y.typnotnull FROM domains
          JOIN pg_type y ON y.oid = domains.typbasetype AND y.typtype = 'd')
        SELECT FROM domains
        WHERE typnotnull
          OR EXISTS (SELECT FROM pg_constraint k WHERE k.contypid = domains.oid))
      """;

  private ColumnFacts() {}

  static List<Observation.TableColumn> read(Handle handle, long table) {
    return handle
        .createQuery(COLUMNS.replace("CONSTRAINED", CONSTRAINED))
        .bind("table", table)
        .map(
            (row, context) ->
                new Observation.TableColumn(
                    row.getString("name"),
                    row.getString("type"),
                    row.getBoolean("nullable"),
                    Optional.ofNullable(row.getString("default_value")),
                    row.getBoolean("generated"),
                    Optional.ofNullable(row.getString("comment")),
                    Arrays.texts(row, "privileges"),
                    Optional.ofNullable(row.getString("collation")),
                    row.getBoolean("constrained"),
                    row.getDouble("commonest")))
        .list();
  }
}
