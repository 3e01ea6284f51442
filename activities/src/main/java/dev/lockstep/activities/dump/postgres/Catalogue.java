package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Tables of a database, as a dump of it sees them. */
final class Catalogue {
  /** Where a load marks its target; a copy of a copy must not carry it. */
  static final String CLAIM_SCHEMA = "lockstep_restore";

  /** Of the ledger; only the sentinel in it is dumped. */
  static final String LEDGER_SCHEMA = "lockstep";

  static final TableName SENTINEL = new TableName(LEDGER_SCHEMA, "sentinel");

  private final Handle handle;

  Catalogue(Handle handle) {
    this.handle = handle;
  }

  /**
   * A table with rows of its own.
   *
   * @param bytes without indexes
   * @param rows estimate; negative: never counted
   */
  record Table(TableName name, long bytes, long rows) {
    boolean ours() {
      return name.schema().equals(LEDGER_SCHEMA);
    }
  }

  /** Every table with rows of its own that is dumped, by name; the sentinel too. */
  List<Table> tables() {
    return handle
        .createQuery(
            """
            SELECT n.nspname, c.relname, pg_table_size(c.oid) AS bytes, c.reltuples::bigint AS rows
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND n.nspname <> :claims AND (n.nspname <> :ledger OR c.relname = :sentinel)
              AND NOT EXISTS (
                SELECT FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY n.nspname, c.relname
            """)
        .bind("claims", CLAIM_SCHEMA)
        .bind("ledger", LEDGER_SCHEMA)
        .bind("sentinel", SENTINEL.name())
        .map(
            (row, context) ->
                new Table(
                    new TableName(row.getString("nspname"), row.getString("relname")),
                    row.getLong("bytes"),
                    row.getLong("rows")))
        .list();
  }

  /** Tables of the ledger: a copy that had them would own the runs of its original. */
  List<TableName> ledger() {
    return handle
        .createQuery(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = :ledger AND c.relkind IN ('r', 'p') AND c.relname <> :sentinel
            ORDER BY c.relname
            """)
        .bind("ledger", LEDGER_SCHEMA)
        .bind("sentinel", SENTINEL.name())
        .map((row, context) -> new TableName(LEDGER_SCHEMA, row.getString(1)))
        .list();
  }

  /**
   * These tables with all their partitions and children.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code OBJECT_UNEXPECTED} where one is not there
   */
  List<TableName> withParts(List<String> names) {
    List<TableName> all = new ArrayList<>();
    for (String name : names) {
      List<TableName> parts = parts(TableName.parse(name));
      if (parts.isEmpty()) {
        throw Faults.failure(
            FaultCode.OBJECT_UNEXPECTED, "table " + name + " is not there to be dumped", "");
      }
      all.addAll(parts);
    }
    return all.stream().distinct().toList();
  }

  private List<TableName> parts(TableName root) {
    return handle
        .createQuery(
            """
            WITH RECURSIVE part AS (
              SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = :schema AND c.relname = :name
                AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
              UNION SELECT i.inhrelid FROM pg_inherits i JOIN part ON part.oid = i.inhparent)
            SELECT n.nspname, c.relname FROM part JOIN pg_class c ON c.oid = part.oid
              JOIN pg_namespace n ON n.oid = c.relnamespace
            ORDER BY n.nspname, c.relname
            """)
        .bind("schema", root.schema())
        .bind("name", root.name())
        .map((row, context) -> new TableName(row.getString(1), row.getString(2)))
        .list();
  }

  boolean hasSentinel() {
    return !parts(SENTINEL).isEmpty();
  }

  /** A pattern of pg_dump that fits this one table. */
  static String pattern(TableName table) {
    return Quoted.name(table);
  }
}
