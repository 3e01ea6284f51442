package dev.lockstep.activities.postgres.schema;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** An index to build or to drop while reads and writes go on. */
sealed interface TableIndex permits ConcurrentIndex, PartitionedIndex {
  /** The index, or what is there of it. */
  Optional<IndexState> find(Handle handle);

  /**
   * Sees to it that the index is there and valid.
   *
   * @param sql as the plan has it
   */
  IndexState build(Handle handle, String sql);

  /** Sees to it that the index is not there. */
  void remove(Handle handle);

  /** Sees to it that nothing is there of what a build made, be it done or cut. */
  void takeBack(Handle handle);

  /** The fault of an index that is not as it should be. */
  RuntimeException unexpected(String what);
}
