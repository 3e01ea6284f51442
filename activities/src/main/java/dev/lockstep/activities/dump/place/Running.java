package dev.lockstep.activities.dump.place;

import java.io.InputStream;

/** A program under way. */
public interface Running extends AutoCloseable {
  /**
   * What it writes. It ends only where the program ended with status 0 and said so by its end mark;
   * otherwise {@code read} throws {@link java.io.IOException} whose cause is the failure {@link
   * Program#fault()} with the program's last words. Where its input could not be read, that is what
   * is thrown. Closing it closes the program.
   */
  InputStream output();

  /** Ends the program, with all that it started, and waits for that. */
  @Override
  void close();
}
