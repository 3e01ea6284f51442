package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Observation.Dependent;
import java.util.List;

/**
 * How a table is divided into declared partitions.
 *
 * @param keyColumns columns that a partition key uses, at any level, in expressions too
 * @param keyExpressions whether a partition key has an expression
 * @param tables all partitions, at any level, parents first
 * @param own what single partitions have of their own, beside what they have from the table:
 *     indexes, constraints, defaults; it goes when its columns go
 * @param users what uses a single partition and stands in the way when that goes: views, foreign
 *     keys
 */
public record Partitions(
    List<String> keyColumns,
    boolean keyExpressions,
    List<Partition> tables,
    List<Dependent> own,
    List<Dependent> users) {
  public Partitions {
    keyColumns = List.copyOf(keyColumns);
    tables = List.copyOf(tables);
    own = List.copyOf(own);
    users = List.copyOf(users);
  }

  /** How many partitions hold rows. */
  public long leaves() {
    return tables.stream().filter(t -> t.kind() == Kind.LEAF).count();
  }

  /**
   * A partition.
   *
   * @param owner the role that owns it
   * @param owned whether our role owns it, or is a superuser
   */
  public record Partition(TableName name, Kind kind, String owner, boolean owned) {}

  /** What a partition is. */
  public enum Kind {
    /** A table with rows. */
    LEAF,
    /** Itself divided. */
    BRANCH,
    /** A table of another server. */
    FOREIGN,
    /** One whose DETACH CONCURRENTLY was begun and not ended. */
    DETACHING
  }
}
