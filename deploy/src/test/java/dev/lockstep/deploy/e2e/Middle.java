package dev.lockstep.deploy.e2e;

/** A step that takes its time, and how to see in the database that it is in its middle. */
enum Middle {
  /** The statement stands in the queue for a lock that somebody else has. */
  LOCK_WAIT(
      "addColumn: {table: people, column: {name: born, type: date}}",
      "LOCK TABLE people IN ACCESS SHARE MODE",
      "SELECT count(*) = 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
          + " WHERE NOT l.granted AND l.locktype = 'relation' AND a.application_name = 'lockstep'"
          + " AND a.datname = current_database()"
          + " AND clock_timestamp() - a.query_start > interval '200ms'"),

  /** Two ranges are committed, a batch of the third one is under way. */
  BACKFILL(
      "addColumn: {table: people, column: {name: loud, type: text}, up: 'slowly(id, name)'}",
      "UPDATE pace SET seconds = 0.03 WHERE during = 'backfill'",
      "SELECT (SELECT count(*) = 2 FROM lockstep.ranges WHERE state = 'DONE')"
          + " AND (SELECT count(*) = 1 FROM lockstep.ranges WHERE state = 'IN_FLIGHT')"
          + " AND "
          + Sql.SLEEPING),

  /** One range is compared, the other one is being compared. */
  VERIFICATION(
      "alterColumn: {table: people, column: name, type: varchar(20),"
          + " up: 'slowly(id, name)', down: 'lower(slowly(id, name))'}",
      "UPDATE pace SET seconds = 0.2 WHERE during = 'verification'",
      "SELECT (SELECT count(*) = 1 FROM lockstep.ranges WHERE state = 'DONE'"
          + " AND step_id = (SELECT step_id FROM lockstep.steps WHERE state = 'STARTED'))"
          + " AND "
          + Sql.SLEEPING),

  /** The index is there and not valid yet: the build waits for an older snapshot. */
  INDEX_BUILD(
      "createIndex: {table: people, name: people_name_idx, columns: [name]}",
      "SELECT FROM pace",
      "SELECT count(*) = 1 FROM pg_stat_progress_create_index"
          + " WHERE datname = current_database() AND phase = 'waiting for old snapshots'");

  /** YAML of the one change. */
  final String change;

  /** What another session says, in a transaction, to bring the step into its middle. */
  final String hold;

  /** A query that is true in the middle, once the ledger is there. */
  final String reached;

  Middle(String change, String hold, String reached) {
    this.change = change;
    this.hold = hold;
    this.reached = reached;
  }

  /** What is true of a row that was not changed. */
  String wrong() {
    return switch (this) {
      case BACKFILL -> "loud IS DISTINCT FROM upper(name)";
      case VERIFICATION -> "name IS DISTINCT FROM upper(name)";
      case LOCK_WAIT, INDEX_BUILD -> "false";
    };
  }

  /** Whether the hold is seen by others only after its transaction. */
  boolean holdsByPace() {
    return this == BACKFILL || this == VERIFICATION;
  }

  /** What several of them ask. */
  private static final class Sql {
    static final String SLEEPING =
        "EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'lockstep'"
            + " AND datname = current_database() AND wait_event = 'PgSleep')";
  }
}
