package dev.lockstep.activities.postgres.catalogue;

import java.util.List;

/**
 * Queries of a table's own properties; each takes {@code :table} and gives lines. Columns of the
 * catalogue that some versions lack are read through {@code to_jsonb}.
 */
final class TableQueries {
  private static final String TABLE =
      """
      SELECT concat_ws(' ',
        'is', 'kind=' || c.relkind::text, 'persistence=' || c.relpersistence::text,
        'owner=' || pg_get_userbyid(c.relowner)::text,
        'rls=' || c.relrowsecurity || '/' || c.relforcerowsecurity,
        'replica_identity=' || c.relreplident::text,
        'options=' || c.reloptions::text,
        'toast_options=' || toast.reloptions::text,
        'tablespace=' || s.spcname, 'method=' || m.amname,
        'of_type=' || nullif(c.reloftype, 0)::regtype::text)
      FROM pg_class c
      LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
      LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
      LEFT JOIN pg_am m ON m.oid = c.relam
      WHERE c.oid = CAST(:table AS oid)
      """;

  private static final String COLUMNS =
      """
      SELECT concat_ws(' ',
        'column', lpad((row_number() OVER (ORDER BY a.attnum))::text, 4, '0'),
        quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attcollation <> t.typcollation
          THEN 'COLLATE ' || a.attcollation::regcollation::text END,
        CASE WHEN a.attnotnull THEN 'NOT NULL' END,
        'default=' || CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
        'generated=' || nullif(a.attgenerated::text, '') || ' ' || pg_get_expr(d.adbin, d.adrelid),
        'identity=' || nullif(a.attidentity::text, ''),
        'storage=' || CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END,
        'compression=' || nullif(to_jsonb(a) ->> 'attcompression', ''),
        'statistics=' || nullif(to_jsonb(a) ->> 'attstattarget', '-1'),
        'options=' || a.attoptions::text,
        CASE WHEN NOT a.attislocal THEN 'inherited' END)
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = CAST(:table AS oid) AND a.attnum > 0 AND NOT a.attisdropped
      """;

  /** No grants at all means the same as the owner's default ones. */
  private static final String GRANTS =
      """
      SELECT concat_ws(' ', 'grant', x.privilege_type, 'to',
        CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
        'by', quote_ident(pg_get_userbyid(x.grantor)),
        CASE WHEN x.is_grantable THEN 'with grant option' END)
      FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x
      WHERE c.oid = CAST(:table AS oid)
      UNION ALL
      SELECT concat_ws(' ', 'grant', x.privilege_type, '(' || quote_ident(a.attname) || ')', 'to',
        CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
        'by', quote_ident(pg_get_userbyid(x.grantor)),
        CASE WHEN x.is_grantable THEN 'with grant option' END)
      FROM pg_attribute a, aclexplode(a.attacl) x
      WHERE a.attrelid = CAST(:table AS oid) AND NOT a.attisdropped
      """;

  /** Of the table, its columns and all that belongs to it. */
  private static final String COMMENTS =
      """
      SELECT concat_ws(' ', 'comment on', pg_describe_object(d.classoid, d.objoid, d.objsubid),
        quote_literal(d.description))
      FROM pg_description d
      WHERE (d.classoid, d.objoid) IN (
        SELECT 'pg_class'::regclass::oid, CAST(:table AS oid)
        UNION ALL SELECT 'pg_class'::regclass, indexrelid FROM pg_index
          WHERE indrelid = CAST(:table AS oid)
        UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint
          WHERE conrelid = CAST(:table AS oid)
        UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger
          WHERE tgrelid = CAST(:table AS oid)
        UNION ALL SELECT 'pg_policy'::regclass, oid FROM pg_policy
          WHERE polrelid = CAST(:table AS oid)
        UNION ALL SELECT 'pg_rewrite'::regclass, oid FROM pg_rewrite
          WHERE ev_class = CAST(:table AS oid)
        UNION ALL SELECT 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext
          WHERE stxrelid = CAST(:table AS oid))
      """;

  private static final String INHERITANCE =
      """
      SELECT 'inherits ' || inhseqno || ' ' || inhparent::regclass::text
      FROM pg_inherits WHERE inhrelid = CAST(:table AS oid)
      UNION ALL
      SELECT 'inherited by ' || i.inhrelid::regclass::text
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = CAST(:table AS oid) AND NOT c.relispartition
      UNION ALL
      SELECT 'partition ' || pg_get_expr(relpartbound, oid) FROM pg_class
      WHERE oid = CAST(:table AS oid) AND relispartition
      UNION ALL
      SELECT 'partitioned by ' || pg_get_partkeydef(oid) FROM pg_class
      WHERE oid = CAST(:table AS oid) AND relkind = 'p'
      """;

  static final List<String> ALL = List.of(TABLE, COLUMNS, GRANTS, COMMENTS, INHERITANCE);

  private TableQueries() {}
}
