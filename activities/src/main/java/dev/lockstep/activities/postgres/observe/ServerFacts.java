package dev.lockstep.activities.postgres.observe;

import dev.lockstep.definitions.plan.Observation;
import dev.lockstep.definitions.plan.Questions;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reads facts of the server, its schemas and its names. */
final class ServerFacts {
  private static final String SERVER =
      """
      SELECT current_setting('server_version_num')::int AS version,
        current_user::text AS role,
        has_database_privilege(current_database(), 'CREATE') AS may_create,
        coalesce((
          SELECT has_schema_privilege(n.oid, 'USAGE')
            AND (has_schema_privilege(n.oid, 'CREATE') OR count(c.oid) > 0)
            AND coalesce(bool_and(has_table_privilege(c.oid, 'SELECT')
              AND has_table_privilege(c.oid, 'INSERT')
              AND has_table_privilege(c.oid, 'UPDATE')
              AND has_table_privilege(c.oid, 'DELETE')), true)
          FROM pg_namespace n
          LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r'
          WHERE n.nspname = 'lockstep'
          GROUP BY n.oid), false) AS ledger,
        (SELECT count(*) FROM pg_stat_replication
          WHERE coalesce(state, '') NOT IN ('startup', 'backup'))::int AS replicas
      """;

  private ServerFacts() {}

  static Observation.Server read(Handle handle) {
    return handle
        .createQuery(SERVER)
        .map(
            (row, context) ->
                new Observation.Server(
                    row.getInt("version"),
                    row.getString("role"),
                    row.getBoolean("may_create"),
                    row.getBoolean("ledger"),
                    row.getInt("replicas")))
        .one();
  }

  /** Whether a relation of any kind has the name. */
  static boolean taken(Handle handle, TableName name) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (
              SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = :schema AND c.relname = :name)
            """)
        .bind("schema", name.schema())
        .bind("name", name.name())
        .mapTo(Boolean.class)
        .one();
  }

  /** Those of the asked tables and relations that exist, sorted. */
  static List<Observation.Schema> schemas(Handle handle, Questions questions) {
    return Stream.concat(questions.tables().stream(), questions.relations().stream())
        .map(TableName::schema)
        .distinct()
        .sorted()
        .map(schema -> schema(handle, schema))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Observation.Schema> schema(Handle handle, String name) {
    return handle
        .createQuery(
            "SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace WHERE nspname = :name")
        .bind("name", name)
        .mapTo(Boolean.class)
        .findOne()
        .map(mayCreate -> new Observation.Schema(name, mayCreate));
  }
}
