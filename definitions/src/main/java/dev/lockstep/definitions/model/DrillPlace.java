package dev.lockstep.definitions.model;

import java.time.Duration;

/** Where a drill restores to. */
public sealed interface DrillPlace {
  /** Calls the method of {@code visitor} that fits this kind. */
  <R> R accept(Visitor<R> visitor);

  /**
   * A namespace of its own, without a way out, that is removed after the drill.
   *
   * @param like the StatefulSet whose template the instance gets, and its namespace
   * @param ttl after which it may be removed by anybody, should the drill have died
   */
  record Scratch(String namespace, String like, Duration ttl) implements DrillPlace {
    /** More than most databases take to load and to check. */
    public static final Duration DEFAULT_TTL = Duration.ofHours(2);

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.scratch(this);
    }
  }

  /** A database that is there and empty, and is empty again after the drill. */
  record Existing(String database) implements DrillPlace {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.existing(this);
    }
  }

  /**
   * A folder of the worker, for a physical backup: absent or empty, before and after the drill.
   *
   * @param path absolute
   */
  record Directory(String path) implements DrillPlace {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.directory(this);
    }
  }

  /** One answer for each kind. */
  interface Visitor<R> {
    /** Answers for a namespace of its own. */
    R scratch(Scratch place);

    /** Answers for a database that is there. */
    R existing(Existing place);

    /** Answers for a folder. */
    R directory(Directory place);
  }
}
