package dev.lockstep.activities.progress;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends values in the background, in order, one at a time; of those that pile up meanwhile only the
 * latest. What cannot be sent is dropped: the next one says more.
 */
final class LatestSender<T> {
  private static final Logger LOG = LoggerFactory.getLogger(LatestSender.class);
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "lockstep-progress");
            thread.setDaemon(true);
            return thread;
          });

  private final Consumer<T> target;
  private @Nullable T latest;
  private boolean sending;

  LatestSender(Consumer<T> target) {
    this.target = target;
  }

  synchronized void send(T value) {
    latest = value;
    if (!sending) {
      sending = true;
      THREADS.execute(this::drain);
    }
  }

  private void drain() {
    for (@Nullable T next = next(); next != null; next = next()) {
      try {
        target.accept(next);
      } catch (RuntimeException e) {
        LOG.debug("progress was not sent", e);
      }
    }
  }

  private synchronized @Nullable T next() {
    @Nullable T next = latest;
    latest = null;
    sending = next != null;
    return next;
  }
}
