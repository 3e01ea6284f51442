package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Optional;

/** One entry of an explicit order of steps. */
public sealed interface Step {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /**
   * A change: what it adds, fills and verifies happens here, what it takes away after all steps.
   */
  record Apply(Change change) implements Step {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.apply(this);
    }
  }

  /** A rollout at this place. */
  record RollOut(Rollout rollout) implements Step {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rollOut(this);
    }
  }

  /**
   * Fills an existing column by key ranges.
   *
   * @param set SQL for the new value
   * @param lookup the new value in a row of another table, instead of {@code set}; never followed
   * @param where which rows; must be false for a row once it was filled
   */
  record Backfill(
      String table, String column, Optional<String> set, Optional<Lookup> lookup, String where)
      implements Step {
    /** With a value from the row itself. */
    public Backfill(String table, String column, String set, String where) {
      this(table, column, Optional.of(set), Optional.empty(), where);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.backfill(this);
    }
  }

  /**
   * A question to the database that must be answered as expected.
   *
   * @param query one row, one column
   * @param expect the value as text
   */
  record Verify(String name, String query, String expect) implements Step {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.verify(this);
    }
  }

  /** Waits for {@code approve} with this gate's name. */
  record Approve(String gate) implements Step {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.approve(this);
    }
  }

  /** Waits. */
  record Wait(Duration duration) implements Step {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.wait(this);
    }
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for a change. */
    R apply(Apply step);

    /** Answers for a rollout. */
    R rollOut(RollOut step);

    /** Answers for a backfill. */
    R backfill(Backfill step);

    /** Answers for a question. */
    R verify(Verify step);

    /** Answers for an approval. */
    R approve(Approve step);

    /** Answers for a wait. */
    R wait(Wait step);
  }
}
