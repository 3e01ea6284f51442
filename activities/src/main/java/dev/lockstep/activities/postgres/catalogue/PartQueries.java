package dev.lockstep.activities.postgres.catalogue;

import java.util.List;

/** Queries of what belongs to a table or uses it; each takes {@code :table} and gives lines. */
final class PartQueries {
  /** Without what the server keeps of a foreign key for single partitions. */
  private static final String CONSTRAINTS =
      """
      SELECT concat_ws(' ', 'constraint', quote_ident(conname), pg_get_constraintdef(oid),
        CASE WHEN NOT convalidated THEN '(not valid)' END,
        CASE WHEN NOT conislocal THEN '(inherited)' END)
      FROM pg_constraint WHERE conrelid = CAST(:table AS oid) AND contype <> 't'
        AND NOT (contype = 'f' AND conparentid <> 0)
      UNION ALL
      SELECT concat_ws(' ', 'referred to by', conrelid::regclass::text, quote_ident(conname),
        pg_get_constraintdef(oid), CASE WHEN NOT convalidated THEN '(not valid)' END)
      FROM pg_constraint WHERE confrelid = CAST(:table AS oid) AND conparentid = 0
      """;

  private static final String INDEXES =
      """
      SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid),
        CASE WHEN NOT i.indisvalid THEN '(invalid)' END,
        CASE WHEN i.indisclustered THEN '(clustered)' END,
        CASE WHEN i.indisreplident THEN '(replica identity)' END,
        'tablespace=' || s.spcname,
        'statistics=' || (
          SELECT string_agg(a.attnum || ':' || (to_jsonb(a) ->> 'attstattarget'), ','
            ORDER BY a.attnum)
          FROM pg_attribute a WHERE a.attrelid = i.indexrelid
            AND nullif(to_jsonb(a) ->> 'attstattarget', '-1') IS NOT NULL))
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
      WHERE i.indrelid = CAST(:table AS oid)
      """;

  private static final String TRIGGERS =
      """
      SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid), 'enabled=' || tgenabled::text)
      FROM pg_trigger WHERE tgrelid = CAST(:table AS oid) AND NOT tgisinternal
      UNION ALL
      SELECT concat_ws(' ', 'rule', pg_get_ruledef(oid), 'enabled=' || ev_enabled::text)
      FROM pg_rewrite WHERE ev_class = CAST(:table AS oid)
      """;

  private static final String POLICIES =
      """
      SELECT concat_ws(' ', 'policy', quote_ident(p.polname), 'for', p.polcmd,
        CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
        'to', (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC'
          ELSE quote_ident(pg_get_userbyid(role)) END, ',' ORDER BY 1)
          FROM unnest(p.polroles) role),
        'using ' || pg_get_expr(p.polqual, p.polrelid),
        'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
      FROM pg_policy p WHERE p.polrelid = CAST(:table AS oid)
      """;

  private static final String SEQUENCES =
      """
      SELECT concat_ws(' ', 'sequence', s.seqrelid::regclass::text, 'of', quote_ident(a.attname),
        d.deptype, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
        s.seqcycle, 'owner=' || pg_get_userbyid(c.relowner)::text,
        'grants=' || coalesce(c.relacl, acldefault('s', c.relowner))::text)
      FROM pg_depend d
      JOIN pg_sequence s ON s.seqrelid = d.objid
      JOIN pg_class c ON c.oid = s.seqrelid
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
        AND d.refobjid = CAST(:table AS oid) AND d.deptype IN ('a', 'i')
      """;

  /** What other statements about the table would be written in another way. */
  private static final String USERS =
      """
      SELECT concat_ws(' ', 'used by view', v.oid::regclass::text, pg_get_viewdef(v.oid))
      FROM pg_class v WHERE v.relkind IN ('v', 'm') AND v.oid IN (
        SELECT r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
        WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
          AND d.refobjid = CAST(:table AS oid))
      UNION ALL
      SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(oid))
      FROM pg_statistic_ext WHERE stxrelid = CAST(:table AS oid)
      UNION ALL
      SELECT concat_ws(' ', 'published by', quote_ident(p.pubname),
        'columns=' || (to_jsonb(p) ->> 'attnames'), 'where=' || (to_jsonb(p) ->> 'rowfilter'))
      FROM pg_publication_tables p JOIN pg_class c ON c.relname = p.tablename
      JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = p.schemaname
      WHERE c.oid = CAST(:table AS oid)
      """;

  static final List<String> ALL =
      List.of(CONSTRAINTS, INDEXES, TRIGGERS, POLICIES, SEQUENCES, USERS);

  /** What carries a name that Lockstep gives; takes {@code :schema}. */
  static final String OWN =
      """
      SELECT 'function ' || p.oid::regprocedure::text || ' ' || pg_get_functiondef(p.oid)
      FROM pg_proc p
      WHERE p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = :schema)
        AND p.proname ~ '^(zz_lockstep|lockstep_)' AND p.prokind = 'f'
      UNION ALL
      SELECT 'relation ' || c.oid::regclass::text || ' kind=' || c.relkind::text
      FROM pg_class c
      WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :schema)
        AND c.relname ~ '^(zz_lockstep|lockstep_)'
      """;

  private PartQueries() {}
}
