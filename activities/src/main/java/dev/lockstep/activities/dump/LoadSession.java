package dev.lockstep.activities.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A load under way. Closing it ends whatever still runs for it. */
public interface LoadSession extends AutoCloseable {
  /**
   * Loads one part; parts come in the order of the dump.
   *
   * @param name of the part
   * @param bytes its length
   * @param content read to its end where the load succeeds; what it throws is thrown on
   * @param tables the only ones, each {@code schema.table}; empty: everything
   * @throws io.temporal.failure.ApplicationFailure {@code LOAD_FAILED} with the program's last
   *     words
   */
  void load(String name, long bytes, InputStream content, List<String> tables) throws IOException;

  /** What has to be done after the last part. */
  void finish();

  /** What it does beside reading, for people; asked by another thread. */
  default Optional<String> state() {
    return Optional.empty();
  }

  @Override
  void close();
}
