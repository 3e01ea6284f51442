package dev.lockstep.definitions.lint;

import dev.lockstep.definitions.plan.Hazard;
import java.util.Optional;

/**
 * Every hazard: its code, how much it matters and what would make it harmless. Codes are stable.
 */
public enum Hazards {
  /** A backfill that takes minutes or writes gigabytes. */
  BIG_BACKFILL(
      Hazard.Level.WARNING, "set limits.maxRowsPerSecond, see to disk space and log archiving"),
  /** A foreign key whose referring columns no index begins with. */
  FOREIGN_KEY_WITHOUT_INDEX(
      Hazard.Level.WARNING, "add createIndex over the referring columns to this migration"),
  /** A column that can overflow. */
  COLUMN_TYPE_32BIT(Hazard.Level.NOTE, "use bigint: it costs four bytes a row"),
  /** A column of fixed length, padded with blanks. */
  CHAR_TYPE(Hazard.Level.WARNING, "use text, with a check of its length where one is needed"),
  /** A time without the offset that gives it a meaning. */
  TIMESTAMP_WITHOUT_ZONE(Hazard.Level.NOTE, "use timestamptz"),
  /** A unique index over rows that are there. */
  UNIQUE_ON_EXISTING(
      Hazard.Level.WARNING, "look for duplicates first; the build fails at the first one"),
  /** An expression that may give another value the second time. */
  VOLATILE_UP(
      Hazard.Level.NOTE, "nothing, if presence is enough: values are stored once, not compared"),
  /** A dropped column that does not follow the new ones. */
  DOWN_MISSING_FOR_REVERT(
      Hazard.Level.WARNING, "give down, so that old clients find values that new ones wrote"),
  /** A table whose rows are walked by physical place. */
  NO_KEY(Hazard.Level.WARNING, "give the table a primary key or a unique NOT NULL index"),
  /** A lock of a partitioned table is one of every partition. */
  PARTITIONS_LOCKED(
      Hazard.Level.NOTE,
      "nothing for hundreds of partitions; for thousands, see that max_locks_per_transaction allows"
          + " as many locks"),
  /** Statements that name no columns see new ones. */
  SELECT_STAR(
      Hazard.Level.NOTE,
      "name the columns; a prepared SELECT * fails once a connection after the change"),
  /** A column's type changes under prepared statements. */
  RESULT_TYPE_CHANGES(
      Hazard.Level.WARNING, "see that clients prepare again, or restart them after contract"),
  /** Undoing the creation of a table drops what was written to it. */
  UNDO_LOSES_ROWS(Hazard.Level.NOTE, "let nothing precious be written before the run has ended"),
  /** The user's own triggers fire for the backfill, too. */
  TRIGGERS_PRESENT(
      Hazard.Level.WARNING, "see that they are harmless for an UPDATE of every row, or quick"),
  /** The planner of the database knows nothing of the table. */
  NEVER_ANALYSED(Hazard.Level.WARNING, "run ANALYZE first: estimates and query plans need it"),
  /** Old names go while nothing keeps old clients out. */
  NO_OLD_CLIENT_PATTERN(
      Hazard.Level.WARNING,
      "give contract.oldClients, contract.approval: required, or the rollouts that replace them"),
  /** Statements that nobody but the author judged. */
  SQL_NOT_JUDGED(
      Hazard.Level.NOTE, "try the migration on a copy; use a change kind where one fits"),
  /** Statements that block a table while they work on all of it. */
  SQL_BLOCKS(Hazard.Level.STOP, "use the change kind, which does not block"),
  /** A cast that cuts or rounds silently. */
  CAST_LOSES(Hazard.Level.STOP, "give up and down that say what becomes of such values"),
  /** Writes that were accepted so far are refused. */
  NULLS_REFUSED(Hazard.Level.WARNING, "see that no client writes NULL, or give up with coalesce"),
  /** What is dropped together with a column. */
  DROPPED_WITH_COLUMN(
      Hazard.Level.NOTE, "nothing, if it is meant; until then it binds the values of down"),
  /** Something uses the table, and nobody knows which columns. */
  DEPENDENT_UNKNOWN(Hazard.Level.WARNING, "look whether it uses the changed columns"),
  /** New clients run before the copied indexes are there. */
  INDEX_LATER(Hazard.Level.WARNING, "roll out readers of the new name after verify"),
  /** Changes of one table become changes of another. */
  LOOKUP_FOLLOWED(
      Hazard.Level.NOTE,
      "nothing, if such changes are rare; follow: false leaves rows as they were written"),
  /** A change of one row becomes a change of very many. */
  LOOKUP_FAN_OUT(
      Hazard.Level.STOP, "give follow: false, or see that nobody changes such a row meanwhile"),
  /** A backfill whose earlier values are not kept. */
  BACKFILL_NOT_UNDONE(Hazard.Level.WARNING, "fill a new column, or keep a copy of the old values"),
  /** NULL is allowed, and one that is written stands in the way back. */
  NULLS_STOP_REVERT(
      Hazard.Level.WARNING, "give down, or let no client write NULL until the run has ended");

  private final Hazard.Level level;
  private final String fix;

  Hazards(Hazard.Level level, String fix) {
    this.level = level;
    this.fix = fix;
  }

  /** How much it matters. */
  public Hazard.Level level() {
    return level;
  }

  /** What would make it harmless. */
  public String fix() {
    return fix;
  }

  Hazard found(String message) {
    return new Hazard(name(), level, message, fix, Optional.empty());
  }
}
