package dev.lockstep.activities.dump.postgres;

import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Whether the role may read all that a dump reads. */
final class Readability {
  private static final int NAMED = 10;

  /** Tables and sequences whose rows the role may not read, or may not read all of. */
  private static final String UNREADABLE =
      """
      SELECT format('%s %I.%I', CASE WHEN c.relkind = 'S' THEN 'sequence' ELSE 'table' END,
               n.nspname, c.relname)
             || CASE WHEN c.relkind <> 'S' AND row_security_active(c.oid)
                THEN ' (row level security hides rows)' ELSE '' END
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'S') AND n.nspname !~ '^pg_'
        AND n.nspname NOT IN ('information_schema', 'lockstep_restore')
        AND (n.nspname <> 'lockstep' OR c.relname = 'sentinel')
        AND (:all OR n.nspname || '.' || c.relname = ANY (:chosen))
        AND CASE WHEN c.relkind = 'S'
            THEN NOT has_sequence_privilege(c.oid, 'SELECT')
            ELSE NOT has_table_privilege(c.oid, 'SELECT') OR row_security_active(c.oid) END
      ORDER BY n.nspname, c.relname LIMIT 11
      """;

  private static final String CLOSED =
      """
      SELECT format('schema %I', nspname) FROM pg_namespace
      WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'lockstep_restore')
        AND NOT has_schema_privilege(oid, 'USAGE')
      ORDER BY nspname LIMIT 11
      """;

  private static final String LARGE_OBJECTS =
      """
      SELECT 'large object ' || l.oid FROM pg_largeobject_metadata l
      WHERE NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        AND NOT pg_has_role(l.lomowner, 'USAGE')
        AND NOT EXISTS (
          SELECT FROM aclexplode(l.lomacl) a
          WHERE a.privilege_type = 'SELECT'
            AND (a.grantee = 0 OR pg_has_role(a.grantee, 'USAGE')))
      ORDER BY l.oid LIMIT 11
      """;

  private final Handle handle;

  Readability(Handle handle) {
    this.handle = handle;
  }

  /**
   * Looks at all that is dumped.
   *
   * @param chosen the only tables; empty: everything
   * @throws ApplicationFailure {@code PRIVILEGE_MISSING}, naming at most ten objects
   */
  void check(Dump.Scope scope, List<TableName> chosen) {
    List<String> missing = new ArrayList<>();
    if (scope == Dump.Scope.SERVER && !superuser()) {
      missing.add("every database and role of the server (only a superuser may)");
    }
    if (chosen.isEmpty()) {
      missing.addAll(handle.createQuery(CLOSED).mapTo(String.class).list());
    }
    missing.addAll(unreadable(chosen));
    if (chosen.isEmpty()) {
      missing.addAll(handle.createQuery(LARGE_OBJECTS).mapTo(String.class).list());
    }
    if (!missing.isEmpty()) {
      String user = handle.createQuery("SELECT current_user").mapTo(String.class).one();
      throw Faults.failure(
          FaultCode.PRIVILEGE_MISSING, "role " + user + " may not read " + named(missing), "");
    }
  }

  private List<String> unreadable(List<TableName> chosen) {
    List<String> names = chosen.stream().map(it -> it.schema() + "." + it.name()).toList();
    return handle
        .createQuery(UNREADABLE)
        .bind("all", chosen.isEmpty())
        .bindArray("chosen", String.class, names)
        .mapTo(String.class)
        .list();
  }

  private static String named(List<String> missing) {
    String first = String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())));
    return missing.size() > NAMED ? first + " and more" : first;
  }

  boolean superuser() {
    return handle
        .createQuery("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        .mapTo(Boolean.class)
        .one();
  }

  /** Whether the hashes of passwords can be dumped with their roles. */
  boolean readsPasswords() {
    return handle
        .createQuery("SELECT has_table_privilege('pg_catalog.pg_authid', 'SELECT')")
        .mapTo(Boolean.class)
        .one();
  }
}
