package dev.lockstep.activities.dump.portable;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What a PostgreSQL database holds that this method does not carry. Each query gives names, and
 * leaves out what belongs to the system or to an extension that is named itself.
 */
final class Unsupported {
  private static final String USER_SCHEMA =
      "NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'lockstep', 'lockstep_restore')";

  private static final List<String> QUERIES =
      List.of(
          "SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'",
          // Kinds of relations, and properties of tables.
          """
          SELECT concat_ws(' ', CASE WHEN c.relispartition THEN 'partition' ELSE CASE c.relkind
            WHEN 'p' THEN 'partitioned table' WHEN 'm' THEN 'materialized view'
            WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' ELSE 'table' END END,
            c.oid::regclass::text,
            CASE WHEN c.reltablespace <> 0 THEN '(in a tablespace)' END,
            CASE WHEN c.relrowsecurity OR c.relforcerowsecurity THEN '(row security)' END,
            CASE WHEN c.reloftype <> 0 THEN '(of a type)' END,
            CASE WHEN EXISTS (SELECT 1 FROM pg_inherits i
              WHERE c.oid IN (i.inhrelid, i.inhparent)) THEN '(inheritance)' END,
            CASE WHEN m.amname <> 'heap' AND c.relkind = 'r' THEN '(access method)' END,
            CASE WHEN toast.reloptions IS NOT NULL THEN '(toast options)' END)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
          WHERE n.nspname %1$s AND n.nspname !~ '^pg_(temp|toast_temp)_'
            AND (c.relkind IN ('p', 'm', 'f', 'c') OR c.relkind = 'r' AND (c.relispartition
              OR c.reltablespace <> 0 OR c.relrowsecurity OR c.relforcerowsecurity
              OR c.reloftype <> 0 OR m.amname <> 'heap' OR toast.reloptions IS NOT NULL
              OR EXISTS (SELECT 1 FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))))
          """,
          // Properties of columns.
          """
          SELECT concat_ws(' ', 'column', c.oid::regclass || '.' || quote_ident(a.attname),
            '(storage, compression, statistics or options)')
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
          WHERE n.nspname %1$s AND c.relkind IN ('r', 'i', 'v') AND a.attnum > 0
            AND NOT a.attisdropped
            AND (c.relkind <> 'i' AND a.attstorage <> t.typstorage
              OR nullif(to_jsonb(a) ->> 'attcompression', '') IS NOT NULL
              OR nullif(to_jsonb(a) ->> 'attstattarget', '-1') IS NOT NULL
              OR a.attoptions IS NOT NULL)
          """,
          "SELECT 'default of view column ' || d.adrelid::regclass || ' ' || d.adnum"
              + " FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid WHERE c.relkind = 'v'",
          // Types but enums and what belongs to tables.
          """
          SELECT CASE t.typtype WHEN 'd' THEN 'domain ' ELSE 'type ' END || t.oid::regtype
          FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
          WHERE n.nspname %1$s AND n.nspname !~ '^pg_(temp|toast_temp)_'
            AND t.typtype NOT IN ('e', 'c') AND t.typcategory <> 'A'
          """,
          """
          SELECT 'function ' || p.oid::regprocedure FROM pg_proc p
          JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname %1$s
          """,
          "SELECT 'trigger ' || quote_ident(tgname) || ' on ' || tgrelid::regclass"
              + " FROM pg_trigger WHERE NOT tgisinternal",
          "SELECT 'event trigger ' || quote_ident(evtname) FROM pg_event_trigger",
          """
          SELECT 'rule ' || quote_ident(r.rulename) || ' on ' || r.ev_class::regclass
          FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
          JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname %1$s AND r.rulename <> '_RETURN'
          """,
          "SELECT 'policy ' || quote_ident(polname) || ' on ' || polrelid::regclass FROM pg_policy",
          "SELECT 'statistics ' || quote_ident(stxname) FROM pg_statistic_ext",
          "SELECT 'publication ' || quote_ident(pubname) FROM pg_publication",
          "SELECT 'foreign server ' || quote_ident(srvname) FROM pg_foreign_server",
          "SELECT 'large object ' || oid FROM pg_largeobject_metadata",
          """
          SELECT 'operator ' || o.oid::regoperator FROM pg_operator o
          JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE n.nspname %1$s
          """,
          """
          SELECT 'collation ' || quote_ident(o.collname) FROM pg_collation o
          JOIN pg_namespace n ON n.oid = o.collnamespace WHERE n.nspname %1$s
          """,
          """
          SELECT 'operator class ' || quote_ident(o.opcname) FROM pg_opclass o
          JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE n.nspname %1$s
          """,
          """
          SELECT 'text search configuration ' || quote_ident(o.cfgname) FROM pg_ts_config o
          JOIN pg_namespace n ON n.oid = o.cfgnamespace WHERE n.nspname %1$s
          UNION ALL
          SELECT 'text search dictionary ' || quote_ident(o.dictname) FROM pg_ts_dict o
          JOIN pg_namespace n ON n.oid = o.dictnamespace WHERE n.nspname %1$s
          """,
          "SELECT 'cast ' || castsource::regtype || ' to ' || casttarget::regtype FROM pg_cast"
              + " WHERE oid >= 16384",
          // Indexes that an unfinished CREATE INDEX CONCURRENTLY left, and others than the heap's.
          """
          SELECT 'index ' || i.indexrelid::regclass || CASE WHEN i.indisvalid
            THEN ' (in a tablespace)' ELSE ' (invalid)' END
          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname %1$s AND (NOT i.indisvalid OR c.reltablespace <> 0)
          """,
          """
          SELECT 'constraint ' || quote_ident(o.conname) || ' on ' || o.conrelid::regclass
            || ' (a NOT NULL that is not valid or not inherited)'
          FROM pg_constraint o WHERE o.contype = 'n' AND (NOT o.convalidated OR o.connoinherit)
          """,
          "SELECT 'security label on ' || objoid::text FROM pg_seclabel");

  private Unsupported() {}

  /** Their names, in the order of the kinds. */
  static List<String> of(Handle handle) {
    return QUERIES.stream()
        .flatMap(
            query ->
                handle
                    .createQuery(query.replace("%1$s", USER_SCHEMA) + " ORDER BY 1")
                    .mapTo(String.class)
                    .list()
                    .stream())
        .distinct()
        .toList();
  }
}
