package dev.lockstep.activities.restore;

import dev.lockstep.activities.progress.Reporter;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets an activity live while another thread works for it. */
final class Alive {
  /** The activity says at least once a second that it lives. */
  private static final long TICK_MILLIS = 250;

  /** What becomes of the work when the activity shall stop. */
  enum Stop {
    /** It is interrupted and left to itself: it changes nothing. */
    LEAVE,
    /** It is brought to its end. */
    FINISH,
    /** It is interrupted, and waited for: it must not go on once the activity has ended. */
    INTERRUPT
  }

  private final Runnable tick;
  private final Stop how;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "lockstep-restore");
            made.setDaemon(true);
            return made;
          });
  private @Nullable ActivityCompletionException stop;

  private Alive(Runnable tick, Stop how) {
    this.tick = tick;
    this.how = how;
  }

  /** Waits for a question, which is left alone where the activity shall stop. */
  static <T> T asking(Reporter reporter, Supplier<T> question) {
    return over(reporter::alive, Stop.LEAVE, question);
  }

  /**
   * Waits for work.
   *
   * @param tick says several times a second that the activity lives
   * @throws ActivityCompletionException where the activity shall stop, as {@code how} says
   */
  static <T> T over(Runnable tick, Stop how, Supplier<T> work) {
    tick.run();
    Alive alive = new Alive(tick, how);
    try {
      return alive.await(alive.thread.submit(work::get));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait was interrupted", e);
    } finally {
      alive.thread.shutdownNow();
    }
  }

  private <T> T await(Future<T> result) throws InterruptedException {
    while (true) {
      try {
        T done = result.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        requireNoStop();
        return done;
      } catch (ExecutionException e) {
        requireNoStop();
        throw unchecked(e);
      } catch (TimeoutException e) {
        look();
      }
    }
  }

  private void look() {
    if (stop != null) {
      return;
    }
    try {
      tick.run();
    } catch (ActivityCompletionException e) {
      stop = e;
      if (how != Stop.FINISH) {
        thread.shutdownNow();
      }
      if (how == Stop.LEAVE) {
        throw e;
      }
    }
  }

  private void requireNoStop() {
    if (stop != null) {
      throw stop;
    }
  }

  private static RuntimeException unchecked(ExecutionException e) {
    if (e.getCause() instanceof Error broken) {
      throw broken;
    }
    return e.getCause() instanceof RuntimeException failed
        ? failed
        : new IllegalStateException(e.getCause());
  }
}
