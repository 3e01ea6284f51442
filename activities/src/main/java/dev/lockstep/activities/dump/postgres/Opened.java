package dev.lockstep.activities.dump.postgres;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed the other way round where the rest does not open. */
public final class Opened implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Made with nothing. */
  public Opened() {}

  /** Closes that first of all that is kept so far. */
  public <T extends AutoCloseable> T keep(T thing) {
    opened.push(thing);
    return thing;
  }

  @Override
  public void close() {
    for (AutoCloseable thing : opened) {
      try {
        thing.close();
      } catch (Exception e) {
        LOG.warn("{} does not close", thing, e);
      }
    }
    opened.clear();
  }
}
