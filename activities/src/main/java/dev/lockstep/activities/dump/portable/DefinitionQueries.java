package dev.lockstep.activities.dump.portable;

import java.util.List;

/**
 * Queries that write definitions: each gives a statement and the tables that it needs, in the order
 * in which they are to be run. All names come with their schema, for {@code search_path} is empty.
 */
final class DefinitionQueries {
  private static final String NOT_SYSTEM =
      "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'lockstep_restore')"
          + " AND n.nspname !~ '^pg_(temp|toast_temp)_'";

  /** Of the ledger only the sentinel: a copy would own the runs of its original. */
  private static final String RELATION =
      NOT_SYSTEM + " AND (n.nspname <> 'lockstep' OR c.relname = 'sentinel')";

  private static final String NOT_LEDGER = NOT_SYSTEM + " AND n.nspname <> 'lockstep'";

  private static final String SCHEMAS =
      "SELECT 'CREATE SCHEMA IF NOT EXISTS ' || quote_ident(n.nspname), '{}'::text[]"
          + " FROM pg_namespace n WHERE "
          + NOT_SYSTEM
          + " ORDER BY 1";

  private static final String ENUMS =
      """
      SELECT 'CREATE TYPE ' || t.oid::regtype || ' AS ENUM (' || coalesce((
        SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
        FROM pg_enum e WHERE e.enumtypid = t.oid), '') || ')', '{}'::text[]
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype = 'e' AND %s ORDER BY 1
      """;

  private static final String OPTIONS =
      """
      concat_ws(' ', 'INCREMENT BY', s.seqincrement, 'MINVALUE', s.seqmin, 'MAXVALUE', s.seqmax,
        'START WITH', s.seqstart, 'CACHE', s.seqcache, CASE WHEN s.seqcycle THEN 'CYCLE'
        ELSE 'NO CYCLE' END)
      """;

  private static final String SEQUENCES =
      """
      SELECT concat_ws(' ', 'CREATE', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' END,
        'SEQUENCE', c.oid::regclass, 'AS', s.seqtypid::regtype, %s), '{}'::text[]
      FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE %s AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
        AND d.objid = c.oid AND d.deptype = 'i') ORDER BY 1
      """;

  private static final String COLUMN =
      """
      concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attcollation <> t.typcollation THEN 'COLLATE ' || (
          SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
          FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
          WHERE co.oid = a.attcollation) END,
        CASE WHEN a.attgenerated = '' THEN 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
          ELSE 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ')'
            || CASE a.attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END END,
        CASE WHEN a.attidentity <> '' THEN (
          SELECT concat_ws(' ', 'GENERATED', CASE a.attidentity WHEN 'a' THEN 'ALWAYS'
            ELSE 'BY DEFAULT' END, 'AS IDENTITY (SEQUENCE NAME', s.seqrelid::regclass, %s || ')')
          FROM pg_depend i JOIN pg_sequence s ON s.seqrelid = i.objid
          WHERE i.refobjid = a.attrelid AND i.refobjsubid = a.attnum AND i.deptype = 'i'
            AND i.classid = 'pg_class'::regclass) END,
        CASE WHEN a.attnotnull THEN concat_ws(' ', (
          SELECT 'CONSTRAINT ' || quote_ident(o.conname) FROM pg_constraint o
          WHERE o.conrelid = a.attrelid AND o.contype = 'n' AND o.conkey = ARRAY[a.attnum]),
          'NOT NULL') END)
      """;

  private static final String TABLES =
      """
      SELECT concat('CREATE ', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, 'TABLE ',
        c.oid::regclass, ' (', string_agg(E'\\n  ' || %s, ',' ORDER BY a.attnum), E'\\n)',
        ' WITH (' || array_to_string(c.reloptions, ', ') || ')'),
        ARRAY[n.nspname || '.' || c.relname]
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE c.relkind = 'r' AND %s GROUP BY c.oid, n.nspname, c.relname, c.relpersistence, c.reloptions
      ORDER BY 1
      """;

  private static final String OWNED =
      """
      SELECT concat('ALTER SEQUENCE ', d.objid::regclass, ' OWNED BY ', d.refobjid::regclass, '.',
        quote_ident(a.attname)), ARRAY[n.nspname || '.' || c.relname]
      FROM pg_depend d JOIN pg_sequence s ON s.seqrelid = d.objid
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      JOIN pg_class c ON c.oid = d.refobjid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
        AND d.deptype = 'a' AND %s ORDER BY 1
      """;

  private static final String KEYS =
      """
      SELECT concat_ws(' ', 'ALTER TABLE', o.conrelid::regclass, 'ADD CONSTRAINT',
        quote_ident(o.conname), pg_get_constraintdef(o.oid)), ARRAY[n.nspname || '.' || c.relname]
      FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE o.contype IN ('p', 'u', 'x', 'c') AND %s
      ORDER BY position(o.contype::text IN 'puxc'), 1
      """;

  private static final String INDEXES =
      """
      SELECT pg_get_indexdef(i.indexrelid), ARRAY[n.nspname || '.' || c.relname]
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND %s AND NOT EXISTS (
        SELECT 1 FROM pg_constraint o WHERE o.conindid = i.indexrelid
          AND o.contype IN ('p', 'u', 'x')) ORDER BY 1
      """;

  private static final String MARKED_INDEXES =
      """
      SELECT concat_ws(' ', 'ALTER TABLE', c.oid::regclass, m.mark, quote_ident(x.relname)),
        ARRAY[n.nspname || '.' || c.relname]
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL (VALUES (i.indisclustered, 'CLUSTER ON'),
        (i.indisreplident, 'REPLICA IDENTITY USING INDEX')) AS m (holds, mark)
      WHERE m.holds AND %s
      UNION ALL
      SELECT concat('ALTER TABLE ', c.oid::regclass, ' REPLICA IDENTITY ', CASE c.relreplident
        WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END), ARRAY[n.nspname || '.' || c.relname]
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relreplident IN ('f', 'n') AND %s
      """;

  private static final String FOREIGN_KEYS =
      """
      SELECT concat_ws(' ', 'ALTER TABLE', o.conrelid::regclass, 'ADD CONSTRAINT',
        quote_ident(o.conname), pg_get_constraintdef(o.oid)),
        ARRAY[n.nspname || '.' || c.relname, fn.nspname || '.' || f.relname]
      FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class f ON f.oid = o.confrelid
      JOIN pg_namespace fn ON fn.oid = f.relnamespace
      WHERE o.contype = 'f' AND %s ORDER BY 1
      """;

  /** A view comes after those that it uses. */
  private static final String VIEWS =
      """
      WITH RECURSIVE uses AS (
        SELECT DISTINCT r.ev_class AS view, d.refobjid AS used
        FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
        JOIN pg_class u ON u.oid = d.refobjid AND u.relkind = 'v'
        WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
          AND d.refobjid <> r.ev_class),
      level (view, depth) AS (
        SELECT oid, 0 FROM pg_class WHERE relkind = 'v'
        UNION ALL SELECT uses.view, level.depth + 1 FROM level JOIN uses ON uses.used = level.view)
      SELECT concat('CREATE VIEW ', c.oid::regclass, ' (', (
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0), ')',
        ' WITH (' || array_to_string(c.reloptions, ', ') || ')',
        ' AS ', rtrim(pg_get_viewdef(c.oid), ';')), ARRAY['views']
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN (SELECT view, max(depth) AS depth FROM level GROUP BY view) l ON l.view = c.oid
      WHERE c.relkind = 'v' AND %s ORDER BY l.depth, 1
      """;

  /** Of every kind of object that is carried. */
  private static final String COMMENTS =
      """
      SELECT concat_ws(' ', 'COMMENT ON', CASE o.type WHEN 'table column' THEN 'COLUMN'
        WHEN 'view column' THEN 'COLUMN' WHEN 'table constraint' THEN 'CONSTRAINT'
        ELSE upper(o.type) END, o.identity, 'IS', quote_literal(d.description)),
        CASE WHEN c.relkind IN ('v', 'S') THEN ARRAY['views']
          WHEN c.relkind = 'r' THEN ARRAY[n.nspname || '.' || c.relname] ELSE '{}'::text[] END
      FROM pg_description d
      CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
      LEFT JOIN pg_constraint k ON d.classoid = 'pg_constraint'::regclass AND k.oid = d.objoid
      LEFT JOIN pg_index i ON d.classoid = 'pg_class'::regclass AND i.indexrelid = d.objoid
      LEFT JOIN pg_class c ON c.oid = coalesce(k.conrelid, i.indrelid, CASE
        WHEN d.classoid = 'pg_class'::regclass THEN d.objoid END)
      LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE o.type IN ('table', 'table column', 'view', 'view column', 'index', 'sequence',
          'table constraint', 'type', 'schema')
        AND coalesce(o.schema, o.name) NOT IN ('pg_catalog', 'information_schema',
          'pg_toast', 'lockstep', 'lockstep_restore')
        AND NOT (o.type = 'schema' AND o.name = 'public') ORDER BY 1
      """;

  /** What stands before the rows. */
  static final List<String> BEFORE =
      List.of(
          SCHEMAS,
          ENUMS.formatted(NOT_LEDGER),
          SEQUENCES.formatted(OPTIONS, NOT_LEDGER),
          TABLES.formatted(COLUMN.formatted(OPTIONS), RELATION),
          OWNED.formatted(RELATION));

  /** What is faster or only possible behind them. */
  static final List<String> AFTER =
      List.of(
          KEYS.formatted(RELATION),
          INDEXES.formatted(RELATION),
          MARKED_INDEXES.formatted(RELATION, RELATION),
          FOREIGN_KEYS.formatted(RELATION),
          VIEWS.formatted(RELATION),
          COMMENTS);

  /** Each sequence, and the table to whose identity column it belongs. */
  static final String SEQUENCE_NAMES =
      """
      SELECT c.oid::regclass::text, (SELECT max(rn.nspname || '.' || r.relname) FROM pg_depend d
        JOIN pg_class r ON r.oid = d.refobjid JOIN pg_namespace rn ON rn.oid = r.relnamespace
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i'
          AND d.refclassid = 'pg_class'::regclass)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND
      """
          + NOT_LEDGER
          + " ORDER BY 1";

  /** What cannot be read by this user. */
  static final String UNREADABLE =
      """
      SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'S') AND NOT has_table_privilege(c.oid, 'SELECT') AND
      """
          + RELATION
          + " ORDER BY 1";

  /** Each table with its columns that hold values of their own, and its size. */
  static final String TABLE_COLUMNS =
      """
      SELECT n.nspname, c.relname, coalesce((
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          AND a.attgenerated = ''), ''), pg_table_size(c.oid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND
      """
          + RELATION
          + " ORDER BY 1, 2";

  private DefinitionQueries() {}
}
