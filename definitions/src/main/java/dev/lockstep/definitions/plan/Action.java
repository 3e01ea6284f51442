package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Signal;
import dev.lockstep.definitions.model.WorkloadReference;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a step does, complete enough to be done without looking at the definition again. Closed: the
 * interpreter, the hands and the printers answer for every kind.
 */
public sealed interface Action {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Registers the run and its tables in the ledger; another unfinished run on one is a conflict.
   */
  record Claim(List<TableName> tables) implements Action {
    public Claim {
      tables = List.copyOf(tables);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.claim(this);
    }
  }

  /**
   * Statements in one transaction, together with the ledger's note that they ran.
   *
   * @param locks taken first, in this order, under the lock protocol
   */
  record Statements(List<String> sql, List<TableLock> locks) implements Action {
    public Statements {
      sql = List.copyOf(sql);
      locks = List.copyOf(locks);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.statements(this);
    }
  }

  /** Proves a NOT VALID constraint for the rows that are there. Reads and writes go on. */
  record Validate(TableName table, String constraint, String sql) implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.validate(this);
    }
  }

  /**
   * Builds an index while writes go on; an invalid left-over of an earlier try is dropped first.
   *
   * @param index its name, in the table's schema
   * @param sql CREATE INDEX CONCURRENTLY …
   */
  record BuildIndex(TableName table, String index, String sql) implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.buildIndex(this);
    }
  }

  /**
   * Drops an index while writes go on; nothing happens where it is not there.
   *
   * @param sql DROP INDEX CONCURRENTLY IF EXISTS …
   */
  record RemoveIndex(TableName table, String index, String sql) implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.removeIndex(this);
    }
  }

  /**
   * Fills columns of the rows that are there, range by range.
   *
   * @param set each column with the SQL of its value; evaluated once a row
   * @param where SQL: which rows still need it; false for a row once it was filled
   * @param rows estimate
   * @param moved how rows are found that a client moves from before a walker to behind it
   */
  record Backfill(
      TableName table, RowKey key, List<Assignment> set, String where, long rows, MovedRows moved)
      implements Action {
    /** Plans that were made before this was written down look again. */
    public Backfill {
      set = List.copyOf(set);
      moved = Objects.requireNonNullElse(moved, MovedRows.LOOK_AGAIN);
    }

    /** One that looks again. */
    public Backfill(TableName table, RowKey key, List<Assignment> set, String where, long rows) {
      this(table, key, set, where, rows, MovedRows.LOOK_AGAIN);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.backfill(this);
    }
  }

  /**
   * Compares every row, pushed down as aggregates; what differs is repaired and compared again.
   *
   * @param mismatch SQL that is true for a row whose old and new sides do not fit
   * @param repair what puts such a row right; empty: a mismatch is only reported
   * @param meaning what is compared, for people
   * @param rows estimate
   */
  record Verify(
      TableName table,
      RowKey key,
      String mismatch,
      List<Assignment> repair,
      String meaning,
      long rows)
      implements Action {
    public Verify {
      repair = List.copyOf(repair);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.verify(this);
    }
  }

  /** What finds the rows that a walk over a table in use passes over. */
  enum MovedRows {
    /** The backfill itself, by passes over what is left. */
    LOOK_AGAIN,
    /** A later step, which compares every row. */
    LATER_STEP
  }

  /** A column and the SQL of its new value. */
  record Assignment(String column, String expression) {}

  /** Asks one value and compares it with what is expected, as text. */
  record Ask(String name, String query, String expect) implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ask(this);
    }
  }

  /**
   * Waits until there is no session to which everything that is given applies.
   *
   * @param applicationName its application_name is LIKE the pattern
   * @param user the name of its role is LIKE the pattern
   * @param connectedBefore id of the step before whose end it began
   */
  record AwaitOldClients(
      Optional<String> applicationName, Optional<String> user, Optional<String> connectedBefore)
      implements Action {
    /** Told by its name alone. */
    public AwaitOldClients(String applicationName) {
      this(Optional.of(applicationName), Optional.empty(), Optional.empty());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.awaitOldClients(this);
    }
  }

  /** Waits for {@code approve} with this gate. */
  record Approve(String gate) implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.approve(this);
    }
  }

  /**
   * Counts, before old names are hidden on trial, how often transactions are rolled back. After a
   * trial that failed, the run comes back to here and waits for {@code approve} first.
   *
   * @param gate that it waits at then
   * @param signals each of them is awaited to be good
   */
  record BeforeTrial(String gate, Duration duration, List<Signal> signals) implements Action {
    public BeforeTrial {
      signals = List.copyOf(signals);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.beforeTrial(this);
    }
  }

  /**
   * Watches clients while old names are hidden. Where they fail, the steps between {@code before}
   * and this one are undone, and the run goes back to there.
   *
   * @param gate {@code approve} with it ends the trial early
   * @param before id of the step that counted before
   * @param maxRollbacks transactions that may be rolled back beyond what was usual before
   * @param signals numbers that must not be too high
   */
  record Trial(
      String gate, String before, Duration duration, int maxRollbacks, List<Signal> signals)
      implements Action {
    public Trial {
      signals = List.copyOf(signals);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.trial(this);
    }
  }

  /** Waits for a time. */
  record Pause(Duration duration) implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.pause(this);
    }
  }

  /**
   * Puts images into a workload and waits until every pod is new and available.
   *
   * @param images container name to image
   * @param deadline after which the rollout has failed
   */
  record RollOut(WorkloadReference workload, SortedMap<String, String> images, Duration deadline)
      implements Action {
    public RollOut {
      images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rollOut(this);
    }
  }

  /** Puts the images back that the workload had before the step {@code rollOutStep}. */
  record RollBack(WorkloadReference workload, String rollOutStep, Duration deadline)
      implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rollBack(this);
    }
  }

  /** A step of a backup, a restore or a drill. */
  record OfBackup(BackupStep step) implements Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ofBackup(this);
    }
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for the claim. */
    R claim(Claim action);

    /** Answers for statements in one transaction. */
    R statements(Statements action);

    /** Answers for the proof of a constraint. */
    R validate(Validate action);

    /** Answers for an index to build. */
    R buildIndex(BuildIndex action);

    /** Answers for an index to drop. */
    R removeIndex(RemoveIndex action);

    /** Answers for a backfill. */
    R backfill(Backfill action);

    /** Answers for a comparison of rows. */
    R verify(Verify action);

    /** Answers for a question to the database. */
    R ask(Ask action);

    /** Answers for the wait for old clients. */
    R awaitOldClients(AwaitOldClients action);

    /** Answers for an approval. */
    R approve(Approve action);

    /** Answers for the count before a trial. */
    R beforeTrial(BeforeTrial action);

    /** Answers for a trial. */
    R trial(Trial action);

    /** Answers for a wait. */
    R pause(Pause action);

    /** Answers for a rollout. */
    R rollOut(RollOut action);

    /** Answers for a rollout's undo. */
    R rollBack(RollBack action);

    /** Answers for a step of a backup, a restore or a drill. */
    R ofBackup(OfBackup action);
  }
}
