package dev.lockstep.definitions.model;

import java.time.Instant;

/** Which of the backups that are there. */
public sealed interface Which {
  /** The newest. */
  Which LATEST = new Newest(false);

  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /**
   * The newest one.
   *
   * @param verified whether only those count that were read back or restored successfully
   */
  record Newest(boolean verified) implements Which {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.newest(this);
    }
  }

  /** The one of this id. */
  record Id(String id) implements Which {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.id(this);
    }
  }

  /** The newest whose data is not younger than that time. */
  record Before(Instant time) implements Which {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.before(this);
    }
  }

  /**
   * A moment, which a physical backup restores exactly.
   *
   * @param time everything that was committed until then, by the clock of the database
   */
  record At(Instant time) implements Which {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.at(this);
    }
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for the newest. */
    R newest(Newest which);

    /** Answers for one by its id. */
    R id(Id which);

    /** Answers for the newest before a time. */
    R before(Before which);

    /** Answers for a moment. */
    R at(At which);
  }
}
