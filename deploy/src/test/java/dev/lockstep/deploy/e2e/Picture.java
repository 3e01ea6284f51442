package dev.lockstep.deploy.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything in the schema {@code public} that a change could leave different.
 *
 * @param schema what {@code pg_dump --schema-only} would write, from the catalogue, as sorted lines
 * @param rows of each table a checksum over the text of all its rows
 */
public record Picture(List<String> schema, SortedMap<String, String> rows) {
  private static final String TABLES =
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
  private static final String SCHEMA =
      """
      WITH relations AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace)
      SELECT concat_ws(' ', 'relation', relkind::text, relname, relpersistence::text,
          relowner::regrole, relacl, reloptions, relreplident::text, relrowsecurity,
          obj_description(oid, 'pg_class'),
          CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) END) AS line FROM relations
      UNION ALL
      SELECT concat_ws(' ', 'column', r.relname,
          row_number() OVER (PARTITION BY r.oid ORDER BY a.attnum), a.attname,
          format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,
          a.attgenerated::text, a.attstorage::text, a.attcollation, a.attacl, a.attoptions,
          pg_get_expr(d.adbin, d.adrelid), col_description(r.oid, a.attnum))
        FROM relations r
        JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
      UNION ALL
      SELECT concat_ws(' ', 'constraint', r.relname, c.conname, c.convalidated,
          pg_get_constraintdef(c.oid))
        FROM relations r JOIN pg_constraint c ON c.conrelid = r.oid
      UNION ALL
      SELECT concat_ws(' ', 'index', i.indisvalid, i.indisclustered, i.indisreplident,
          pg_get_indexdef(i.indexrelid))
        FROM relations r JOIN pg_index i ON i.indrelid = r.oid
      UNION ALL
      SELECT concat_ws(' ', 'trigger', r.relname, t.tgenabled::text, pg_get_triggerdef(t.oid))
        FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
      UNION ALL
      SELECT concat_ws(' ', 'function', p.oid::regprocedure, md5(p.prosrc), p.proacl)
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      UNION ALL
      SELECT concat_ws(' ', 'statistics', s.stxname) FROM pg_statistic_ext s
        JOIN relations r ON r.oid = s.stxrelid
      ORDER BY line
      """;

  public static Picture of(Server server, String database) {
    try (Connection connection = server.connect(database, "test")) {
      SortedMap<String, String> rows = new TreeMap<>();
      for (String table : Server.texts(connection, TABLES)) {
        rows.put(table, checksum(connection, table));
      }
      return new Picture(Server.texts(connection, SCHEMA), rows);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String checksum(Connection connection, String table) throws SQLException {
    return Server.texts(
            connection,
            "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
                + " FROM public.\""
                + table
                + "\" AS t")
        .get(0);
  }
}
