package dev.lockstep.activities.dump.physical;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what is not needed any more, whatever it says to that. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void quietly(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) {
      LOG.warn("{} does not close", thing, e);
    }
  }
}
