package dev.lockstep.activities.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The tables of the ledger and their first creation. */
final class LedgerTables {
  /**
   * Serializes first creations and claims in one database. An own number: the letters {@code
   * lockstep} as ASCII.
   */
  static final long CREATION_LOCK = 0x6c6f636b73746570L;

  private static final List<String> CREATION =
      List.of(
          "CREATE SCHEMA IF NOT EXISTS lockstep",
          """
          CREATE TABLE IF NOT EXISTS lockstep.runs (
            id text PRIMARY KEY,
            name text NOT NULL,
            number integer NOT NULL,
            kind text NOT NULL,
            database text NOT NULL,
            definition text NOT NULL,
            definition_hash text NOT NULL,
            plan text NOT NULL,
            plan_hash text NOT NULL,
            workflow_id text NOT NULL,
            state text NOT NULL,
            fault text,
            schema_before text NOT NULL,
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            ended_at timestamptz,
            UNIQUE (name, number))
          """,
          """
          CREATE TABLE IF NOT EXISTS lockstep.claims (
            table_name text PRIMARY KEY,
            run_id text NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS lockstep.steps (
            run_id text NOT NULL,
            step_id text NOT NULL,
            state text NOT NULL,
            figures jsonb NOT NULL DEFAULT '{}',
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            ended_at timestamptz,
            PRIMARY KEY (run_id, step_id))
          """,
          """
          CREATE TABLE IF NOT EXISTS lockstep.ranges (
            run_id text NOT NULL,
            step_id text NOT NULL,
            number integer NOT NULL,
            low text,
            high text,
            position text,
            rows bigint NOT NULL DEFAULT 0,
            batches bigint NOT NULL DEFAULT 0,
            state text NOT NULL,
            updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            PRIMARY KEY (run_id, step_id, number))
          """,
          """
          CREATE TABLE IF NOT EXISTS lockstep.poison_rows (
            run_id text NOT NULL,
            step_id text NOT NULL,
            key text NOT NULL,
            fault text NOT NULL,
            message text NOT NULL,
            noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            PRIMARY KEY (run_id, step_id, key))
          """,
          """
          CREATE TABLE IF NOT EXISTS lockstep.pulse (
            id integer PRIMARY KEY,
            beats bigint NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS lockstep.ended_sessions (
            run_id text NOT NULL,
            step_id text NOT NULL,
            transaction text NOT NULL,
            how text NOT NULL,
            description text NOT NULL,
            noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            PRIMARY KEY (run_id, step_id, transaction, how))
          """);

  /** What the first version had last, and what this one has last. */
  private static final String FIRST = "ranges";

  private static final String NEWEST = "ended_sessions";

  private LedgerTables() {}

  /** Whether there is a ledger, be it of an earlier version that had fewer tables. */
  static boolean exist(Handle handle) {
    return exists(handle, FIRST);
  }

  /** Whether there is a ledger with all tables of this version. */
  static boolean complete(Handle handle) {
    return exists(handle, NEWEST);
  }

  /**
   * All of a version are made in one transaction: where its last one is, all are. Reads the
   * catalogue's rows: {@code to_regclass} answers from a cache that does not see what was committed
   * while this transaction waited for {@link #lock}.
   */
  private static boolean exists(Handle handle, String table) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (
              SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = 'lockstep' AND c.relname = :table)
            """)
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  static void create(Handle handle) {
    lock(handle);
    if (!complete(handle)) {
      CREATION.forEach(handle::execute);
    }
  }

  /** Holds until the end of the transaction. */
  static void lock(Handle handle) {
    handle
        .createQuery("SELECT pg_advisory_xact_lock(:key)::text")
        .bind("key", CREATION_LOCK)
        .mapTo(String.class)
        .one();
  }
}
