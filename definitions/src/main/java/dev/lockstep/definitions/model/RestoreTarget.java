package dev.lockstep.definitions.model;

/** Where a backup is restored to. */
public sealed interface RestoreTarget {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /** A database that is there and empty: the name of a {@link Database}. */
  record Existing(String database) implements RestoreTarget {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.existing(this);
    }
  }

  /**
   * A new StatefulSet with a Service and claims of its own, derived from one that is there.
   *
   * @param like name of that one, in the same namespace
   */
  record StatefulSet(String namespace, String name, String like) implements RestoreTarget {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.statefulSet(this);
    }
  }

  /**
   * A folder of the worker, for a physical backup: absent or empty, it holds a server afterwards.
   *
   * @param path absolute
   */
  record Directory(String path) implements RestoreTarget {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.directory(this);
    }
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for a database that is there. */
    R existing(Existing target);

    /** Answers for a new StatefulSet. */
    R statefulSet(StatefulSet target);

    /** Answers for a folder. */
    R directory(Directory target);
  }
}
