package dev.lockstep.deploy.bench.rivals;

import java.io.IOException;

/** Whoever adds the column, fills it and makes it final. */
interface Contender {
  String name();

  /** Version and settings, for the report. */
  String about();

  /** Makes what it keeps in the database before its first change. Not measured. */
  default void prepare(Target target) throws IOException, InterruptedException {}

  /** Does the whole change. */
  Done change(Target target) throws IOException, InterruptedException;

  /**
   * Brings the change to where every row is filled and clients' writes are followed, and leaves it
   * there until what is returned is closed.
   */
  Held hold(Target target) throws IOException, InterruptedException;

  /** Whether clients' writes are followed while the change is under way. */
  default boolean follows() {
    return true;
  }

  /** A change that is started and not completed. */
  interface Held extends AutoCloseable {
    @Override
    void close() throws InterruptedException;
  }
}
