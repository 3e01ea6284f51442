package dev.lockstep.activities.postgres.observe;

import dev.lockstep.definitions.plan.Observation;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Reads what else uses a table, from {@code pg_depend}: views, rules, functions with parsed bodies,
 * policies, publications, extended statistics, triggers on columns, generated columns; tables that
 * inherit from it; and subscriptions that write it, with all columns. Bodies that are text, as
 * those of plpgsql, are not known to the server.
 */
final class DependentFacts {
  private static final String DEPENDENTS =
      """
      WITH uses AS (
        SELECT d.classid, d.objid, d.objsubid, d.refobjsubid
        FROM pg_depend d
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = CAST(:table AS oid)
          AND (d.classid IN ('pg_rewrite'::regclass, 'pg_proc'::regclass)
            OR d.refobjsubid > 0 AND (
              d.classid IN ('pg_policy'::regclass, 'pg_publication_rel'::regclass,
                'pg_statistic_ext'::regclass, 'pg_trigger'::regclass, 'pg_attrdef'::regclass)
              OR d.classid = 'pg_class'::regclass AND d.objid = d.refobjid))
      ), described AS (
        SELECT CASE
            WHEN r.oid IS NOT NULL AND r.rulename = '_RETURN' THEN
              CASE v.relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END
              || CASE vn.nspname WHEN 'public' THEN '' ELSE vn.nspname || '.' END || v.relname
            WHEN p.oid IS NOT NULL THEN
              CASE p.prokind WHEN 'p' THEN 'procedure ' ELSE 'function ' END
              || CASE pn.nspname WHEN 'public' THEN '' ELSE pn.nspname || '.' END || p.proname
            WHEN g.attname IS NOT NULL THEN 'generated column ' || g.attname
            ELSE pg_describe_object(u.classid, u.objid, u.objsubid)
          END AS description,
          a.attname::text AS column_name
        FROM uses u
        LEFT JOIN pg_rewrite r ON u.classid = 'pg_rewrite'::regclass AND r.oid = u.objid
        LEFT JOIN pg_class v ON v.oid = r.ev_class
        LEFT JOIN pg_namespace vn ON vn.oid = v.relnamespace
        LEFT JOIN pg_proc p ON u.classid = 'pg_proc'::regclass AND p.oid = u.objid
        LEFT JOIN pg_namespace pn ON pn.oid = p.pronamespace
        LEFT JOIN pg_attrdef f ON u.classid = 'pg_attrdef'::regclass AND f.oid = u.objid
        LEFT JOIN pg_attribute g ON g.attgenerated <> '' AND g.attrelid = CAST(:table AS oid)
          AND g.attnum = CASE WHEN u.classid = 'pg_class'::regclass THEN u.objsubid ELSE f.adnum END
        LEFT JOIN pg_trigger t ON u.classid = 'pg_trigger'::regclass AND t.oid = u.objid
        LEFT JOIN pg_attribute a ON a.attrelid = CAST(:table AS oid) AND a.attnum = u.refobjsubid
          AND u.refobjsubid > 0
        WHERE (u.classid NOT IN ('pg_attrdef'::regclass, 'pg_class'::regclass)
            OR g.attnum <> u.refobjsubid)
          AND NOT coalesce(t.tgisinternal, false)
      )
      SELECT description,
        coalesce(array_agg(DISTINCT column_name ORDER BY column_name)
          FILTER (WHERE column_name IS NOT NULL), '{}') AS columns
      FROM described GROUP BY description
      UNION ALL
      SELECT 'inheriting table ' || c.relname, '{}'
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = CAST(:table AS oid) AND NOT c.relispartition
      UNION ALL
      SELECT 'subscription ' || s.subname || ', whose changes no trigger sees', ARRAY(
        SELECT a.attname::text FROM pg_attribute a
        WHERE a.attrelid = r.srrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1)
      FROM pg_subscription_rel r JOIN pg_subscription s ON s.oid = r.srsubid
      WHERE r.srrelid = CAST(:table AS oid)
      UNION ALL
      SELECT 'publication ' || p.pubname || ', whose subscribers need new columns first', '{}'
      FROM pg_publication_tables p
      JOIN pg_namespace n ON n.nspname = p.schemaname
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
      WHERE c.oid = CAST(:table AS oid) AND NOT EXISTS (
        SELECT FROM pg_publication_rel r JOIN pg_publication b ON b.oid = r.prpubid
        WHERE r.prrelid = c.oid AND b.pubname = p.pubname
          AND to_jsonb(r) ->> 'prattrs' IS NOT NULL)
      ORDER BY description
      """;

  private DependentFacts() {}

  static List<Observation.Dependent> read(Handle handle, long table) {
    return handle
        .createQuery(DEPENDENTS)
        .bind("table", table)
        .map(
            (row, context) ->
                new Observation.Dependent(
                    Arrays.texts(row, "columns"), row.getString("description")))
        .list();
  }
}
