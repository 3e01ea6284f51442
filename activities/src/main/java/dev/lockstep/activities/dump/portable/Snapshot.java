package dev.lockstep.activities.dump.portable;

import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction that sees one moment, and lets others see the same one. */
final class Snapshot implements AutoCloseable {
  /**
   * It was exported by a session that has ended: invalid_parameter_value, since PostgreSQL 16
   * undefined_object.
   */
  private static final Set<String> NO_SUCH_SNAPSHOT = Set.of("22023", "42704");

  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

  /** Those of a transaction, because the session may be that of a pooler. */
  private static final List<String> SETTINGS =
      List.of(
          "SET LOCAL search_path = ''",
          "SET LOCAL DateStyle = 'ISO, YMD'",
          "SET LOCAL IntervalStyle = 'postgres'",
          "SET LOCAL TimeZone = 'UTC'",
          "SET LOCAL extra_float_digits = 3",
          "SET LOCAL bytea_output = 'hex'",
          "SET LOCAL xmloption = 'content'",
          "SET LOCAL row_security = off",
          "SET LOCAL lock_timeout = '10s'",
          "SET LOCAL statement_timeout = 0",
          "SET LOCAL idle_in_transaction_session_timeout = 0");

  private static final String POSITION =
      "SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
          + " ELSE pg_current_wal_insert_lsn() END)::text";

  private final Handle handle;

  private Snapshot(Handle handle) {
    this.handle = handle;
  }

  /** A new moment: now. */
  static Snapshot begin(Jdbi database) {
    return open(database, Optional.empty());
  }

  /**
   * The moment of another one that is still open.
   *
   * @param id from {@link #export()}
   */
  static Snapshot of(Jdbi database, String id) {
    return open(database, Optional.of(id));
  }

  private static Snapshot open(Jdbi database, Optional<String> id) {
    Handle handle = database.open();
    try {
      handle.begin();
      handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      id.ifPresent(name -> share(handle, name));
      SETTINGS.forEach(handle::execute);
      return new Snapshot(handle);
    } catch (RuntimeException e) {
      new Snapshot(handle).close();
      throw e;
    }
  }

  private static void share(Handle handle, String id) {
    try {
      handle.execute("SET TRANSACTION SNAPSHOT " + Quoted.text(id));
    } catch (JdbiException e) {
      if (PostgresFaults.sqlState(e).filter(NO_SUCH_SNAPSHOT::contains).isPresent()) {
        throw Faults.failure(
            FaultCode.SERVER_UNREACHABLE,
            "the session that held the moment of the dump is gone; all is read anew",
            "");
      }
      throw e;
    }
  }

  Handle handle() {
    return handle;
  }

  String export() {
    return value("SELECT pg_export_snapshot()");
  }

  String position() {
    return value(POSITION);
  }

  String version() {
    return value("SHOW server_version").replaceFirst(" .*", "");
  }

  Instant now() {
    return handle.createQuery("SELECT now()").mapTo(Instant.class).one();
  }

  /** Every table that is carried. */
  List<Table> tables() {
    return handle
        .createQuery(DefinitionQueries.TABLE_COLUMNS)
        .map(
            (row, context) ->
                new Table(
                    new TableName(row.getString(1), row.getString(2)),
                    row.getString(3),
                    row.getLong(4)))
        .list();
  }

  /** Keeps others from altering them until this ends; reading and writing go on. */
  void lock(List<Table> tables) {
    if (!tables.isEmpty()) {
      List<String> names = tables.stream().map(table -> Quoted.name(table.name())).toList();
      handle.execute("LOCK TABLE " + String.join(", ", names) + " IN ACCESS SHARE MODE");
    }
  }

  /** Statements that queries write. */
  List<Script.Statement> statements(List<String> queries) {
    List<Script.Statement> statements = new ArrayList<>();
    for (String query : queries) {
      statements.addAll(
          handle
              .createQuery(query)
              .map(
                  (row, context) ->
                      Script.Statement.of(row.getString(1), (String[]) row.getArray(2).getArray()))
              .list());
    }
    return statements;
  }

  /** Statements that set sequences to where they are. */
  List<Script.Statement> sequences() {
    List<String[]> names =
        handle
            .createQuery(DefinitionQueries.SEQUENCE_NAMES)
            .map((row, context) -> new String[] {row.getString(1), row.getString(2)})
            .list();
    return names.stream().map(name -> sequence(name[0], name[1])).toList();
  }

  private Script.Statement sequence(String name, @Nullable String table) {
    String call =
        handle
            .createQuery("SELECT last_value || ', ' || is_called FROM " + name)
            .mapTo(String.class)
            .one();
    String sql = "SELECT pg_catalog.setval(" + Quoted.text(name) + ", " + call + ")";
    return table == null ? Script.Statement.of(sql) : Script.Statement.of(sql, table);
  }

  private String value(String query) {
    return handle.createQuery(query).mapTo(String.class).one();
  }

  /** Ends the transaction; where its session is gone, it has ended already. */
  @Override
  public void close() {
    if (handle.isClosed()) {
      return;
    }
    try (handle) {
      handle.rollback();
    } catch (JdbiException e) {
      LOG.debug("a snapshot whose session is gone", e);
    }
  }

  /**
   * Ends the session, whatever it does. A cancel instead could come late and hit another statement.
   */
  void abort() {
    try {
      handle.getConnection().unwrap(PgConnection.class).abort(Runnable::run);
    } catch (SQLException | JdbiException e) {
      LOG.debug("a session that is gone already", e);
    }
    close();
  }

  /**
   * A table.
   *
   * @param columns with values of their own, quoted, with commas; empty: none
   */
  record Table(TableName name, String columns, long bytes) {
    /** As definitions and manifests write it. */
    String qualified() {
      return name.schema() + "." + name.name();
    }

    String copy() {
      return "COPY " + Quoted.name(name) + (columns.isEmpty() ? "" : " (" + columns + ")");
    }
  }
}
