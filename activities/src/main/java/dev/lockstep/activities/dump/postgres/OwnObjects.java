package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.Quoted;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What users, not the server and not extensions, have made in a database; without what is
 * Lockstep's. Extensions themselves do not count: many servers make some in every new database, and
 * a dump takes one that is there for its own.
 */
final class OwnObjects {
  private static final int BATCH = 500;

  /** Schemas of users; {@code public} is in every new database. */
  private static final String SCHEMAS =
      """
      SELECT n.oid, n.nspname FROM pg_namespace n
      WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'lockstep_restore')
        AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
      """;

  /** Objects that stand in a schema, each with its kind and its name as DROP takes them. */
  private static final String IN_SCHEMAS =
      """
      SELECT o.type, o.identity, s.nspname
      FROM (%s) s
      JOIN pg_depend d
        ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = s.oid AND d.deptype = 'n'
      CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) o
      WHERE d.classid <> 'pg_default_acl'::regclass AND d.classid <> 'pg_extension'::regclass
        AND NOT EXISTS (
          SELECT FROM pg_depend e
          WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype IN ('e', 'i'))
        AND (s.nspname <> 'lockstep' OR o.type IN ('function', 'procedure')
             OR o.identity = 'lockstep.sentinel')
      """
          .formatted(SCHEMAS);

  /** Objects that stand in no schema. */
  private static final String ELSEWHERE =
      """
      SELECT 'publication' AS type, quote_ident(pubname) AS identity FROM pg_publication
      UNION ALL SELECT 'event trigger', quote_ident(evtname) FROM pg_event_trigger t
        WHERE NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = t.oid AND d.deptype = 'e')
      UNION ALL SELECT 'server', quote_ident(srvname) FROM pg_foreign_server
      """;

  private final Handle handle;

  OwnObjects(Handle handle) {
    this.handle = handle;
  }

  private record Named(String type, String identity) {}

  /** At most ten names. */
  List<String> names() {
    return handle
        .createQuery(
            """
            SELECT type || ' ' || identity FROM (
              SELECT 1 AS rank, 'schema' AS type, quote_ident(nspname) AS identity FROM (%s) s
                WHERE nspname NOT IN ('public', 'lockstep')
              UNION ALL SELECT 2, type, identity FROM (%s) i WHERE nspname <> 'lockstep'
              UNION ALL SELECT 3, type, identity FROM (%s) e
              UNION ALL (SELECT 4, 'large object', oid::text FROM pg_largeobject_metadata
                ORDER BY oid LIMIT 10)) AS own
            ORDER BY rank, type, identity LIMIT 10
            """
                .formatted(SCHEMAS, IN_SCHEMAS, ELSEWHERE))
        .mapTo(String.class)
        .list();
  }

  /**
   * Drops all of it, each object by itself: one transaction would need a lock for each of them. The
   * ledger's tables stay.
   */
  void drop() {
    each("SELECT type, identity FROM (" + ELSEWHERE + ") e").forEach(this::drop);
    each("SELECT type, identity FROM (" + IN_SCHEMAS + ") i").forEach(this::drop);
    handle
        .createQuery("SELECT nspname FROM (" + SCHEMAS + ") s")
        .mapTo(String.class)
        .filter(schema -> !schema.equals("public") && !schema.equals(Catalogue.LEDGER_SCHEMA))
        .forEach(
            schema ->
                PlainSql.run(handle, "DROP SCHEMA IF EXISTS " + Quoted.name(schema) + " CASCADE"));
    dropLargeObjects();
  }

  private List<Named> each(String query) {
    return handle
        .createQuery(query)
        .map((row, context) -> new Named(row.getString(1), row.getString(2)))
        .list();
  }

  private void drop(Named object) {
    String kind =
        switch (object.type()) {
          case "composite type" -> "TYPE";
          case "statistics object" -> "STATISTICS";
          default -> object.type();
        };
    PlainSql.run(handle, "DROP " + kind + " IF EXISTS " + object.identity() + " CASCADE");
  }

  private void dropLargeObjects() {
    String batch =
        """
        SELECT count(lo_unlink(oid))
        FROM (SELECT oid FROM pg_largeobject_metadata ORDER BY oid LIMIT %d) l
        """
            .formatted(BATCH);
    while (PlainSql.value(handle, batch).filter(count -> !count.equals("0")).isPresent()) {}
  }
}
