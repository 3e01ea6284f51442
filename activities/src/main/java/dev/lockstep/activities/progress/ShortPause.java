package dev.lockstep.activities.progress;

import java.util.concurrent.TimeUnit;

/** A pause between two looks, too short to be told to the run. */
public final class ShortPause {
  private ShortPause() {}

  /**
   * Waits.
   *
   * @param millis far less than the five seconds after which a silent activity is taken for dead
   * @throws IllegalStateException where the thread is interrupted, and stays so
   */
  public static void of(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait was interrupted", e);
    }
  }
}
