package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Lockstep's marks in a PostgreSQL: the sentinel in the schema of the ledger, which a dump carries;
 * the claim in a schema of its own, which none does.
 */
final class PostgresMarks implements Marks {
  /** That of the ledger, so that both do not make their schema at once. */
  private static final String CREATION_LOCK =
      "SELECT pg_advisory_xact_lock(x'6c6f636b73746570'::bigint)";

  private static final String SENTINEL =
      """
      CREATE TABLE IF NOT EXISTS lockstep.sentinel (
        backup text NOT NULL,
        id text NOT NULL,
        value text NOT NULL,
        written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (backup, id))
      """;

  private static final String CLAIM =
      """
      CREATE TABLE IF NOT EXISTS lockstep_restore.claim (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        run text NOT NULL,
        claimed_at timestamptz NOT NULL DEFAULT clock_timestamp())
      """;

  /** A query of a definition that is slower checks more than a restore should wait for. */
  private static final String TIME_LIMIT = "10min";

  private final Jdbi database;

  PostgresMarks(Jdbi database) {
    this.database = database;
  }

  private <T> T with(Function<Handle, T> work) {
    return PostgresFaults.translated("", () -> database.withHandle(work::apply));
  }

  private <T> T inTransaction(Function<Handle, T> work) {
    return PostgresFaults.translated("", () -> database.inTransaction(work::apply));
  }

  private static boolean exists(Handle handle, String table) {
    return handle
        .createQuery("SELECT to_regclass(:table) IS NOT NULL")
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void writeSentinel(String backup, String id, String value) {
    inTransaction(
        handle -> {
          if (!exists(handle, "lockstep.sentinel")) {
            PlainSql.run(handle, CREATION_LOCK);
            PlainSql.run(handle, "CREATE SCHEMA IF NOT EXISTS " + Catalogue.LEDGER_SCHEMA);
            PlainSql.run(handle, SENTINEL);
          }
          return handle
              .createUpdate(
                  """
                  INSERT INTO lockstep.sentinel (backup, id, value)
                  VALUES (:backup, :id, :value)
                  ON CONFLICT (backup, id)
                  DO UPDATE SET value = excluded.value, written_at = clock_timestamp()
                  """)
              .bind("backup", backup)
              .bind("id", id)
              .bind("value", value)
              .execute();
        });
  }

  @Override
  public Optional<String> findSentinel(String backup, String id) {
    return with(
        handle ->
            exists(handle, "lockstep.sentinel")
                ? handle
                    .createQuery(
                        "SELECT value FROM lockstep.sentinel WHERE backup = :backup AND id = :id")
                    .bind("backup", backup)
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne()
                : Optional.empty());
  }

  @Override
  public void pruneSentinels(String backup, int keep) {
    with(
        handle ->
            exists(handle, "lockstep.sentinel")
                ? handle
                    .createUpdate(
                        """
                        DELETE FROM lockstep.sentinel WHERE backup = :backup AND id NOT IN (
                          SELECT id FROM lockstep.sentinel WHERE backup = :backup
                          ORDER BY written_at DESC, id DESC LIMIT :keep)
                        """)
                    .bind("backup", backup)
                    .bind("keep", keep)
                    .execute()
                : 0);
  }

  @Override
  public List<String> contents() {
    return with(handle -> new OwnObjects(handle).names());
  }

  @Override
  public void claim(String run) {
    inTransaction(
        handle -> {
          PlainSql.run(handle, CREATION_LOCK);
          PlainSql.run(handle, "CREATE SCHEMA IF NOT EXISTS " + Catalogue.CLAIM_SCHEMA);
          PlainSql.run(handle, CLAIM);
          return handle
              .createUpdate(
                  """
                  INSERT INTO lockstep_restore.claim (run) VALUES (:run)
                  ON CONFLICT (one)
                  DO UPDATE SET run = excluded.run, claimed_at = clock_timestamp()
                  """)
              .bind("run", run)
              .execute();
        });
  }

  @Override
  public Optional<String> claimedBy() {
    return with(
        handle ->
            exists(handle, "lockstep_restore.claim")
                ? handle
                    .createQuery("SELECT run FROM lockstep_restore.claim")
                    .mapTo(String.class)
                    .findOne()
                : Optional.empty());
  }

  /** A loader whose worker died may still build indexes: it is ended first. */
  @Override
  public void clear() {
    with(
        handle -> {
          PlainSql.run(
              handle,
              """
              SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND application_name = 'lockstep load'
              """);
          new OwnObjects(handle).drop();
          return handle;
        });
  }

  @Override
  public void release() {
    with(
        handle -> {
          PlainSql.run(handle, "DROP SCHEMA IF EXISTS " + Catalogue.CLAIM_SCHEMA + " CASCADE");
          return handle;
        });
  }

  @Override
  public SortedMap<String, Long> count(List<String> tables) {
    return with(
        handle -> {
          SortedMap<String, Long> counted = new TreeMap<>();
          for (String table : tables) {
            kind(handle, TableName.parse(table))
                .ifPresent(kind -> counted.put(table, count(handle, table, kind)));
          }
          return counted;
        });
  }

  private static Optional<String> kind(Handle handle, TableName table) {
    Query query =
        handle.createQuery(
            """
            SELECT c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = :schema AND c.relname = :name
              AND c.relkind IN ('r', 'p', 'm', 'v', 'f')
            """);
    return query
        .bind("schema", table.schema())
        .bind("name", table.name())
        .mapTo(String.class)
        .findOne();
  }

  /**
   * Rows of a table itself, as a dump counts them; a partitioned one has only those of its parts.
   */
  private static long count(Handle handle, String table, String kind) {
    String only = kind.equals("r") ? "ONLY " : "";
    String sql = "SELECT count(*) FROM " + only + Quoted.name(TableName.parse(table));
    return PlainSql.value(handle, sql).map(Long::parseLong).orElseThrow();
  }

  @Override
  public Optional<String> ask(String query) {
    return inTransaction(
        handle -> {
          PlainSql.run(handle, "SET TRANSACTION READ ONLY");
          PlainSql.run(handle, "SET LOCAL statement_timeout = '" + TIME_LIMIT + "'");
          return PlainSql.value(handle, query);
        });
  }
}
