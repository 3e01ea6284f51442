package dev.lockstep.activities.restore;

import dev.lockstep.activities.progress.KeepAlive;
import dev.lockstep.activities.progress.Reporter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Lets an activity live while another thread works for it. */
final class Alive {
  private static final Duration INTERVAL = Duration.ofMillis(250);

  /** What becomes of the work when the activity shall stop. */
  enum Stop {
    /** It is interrupted and left to itself: it changes nothing. */
    LEAVE,
    /** It is brought to its end. */
    FINISH,
    /** It is interrupted once, and waited for: it must not go on once the activity has ended. */
    INTERRUPT
  }

  private Alive() {}

  /** Waits for a question, which is left alone where the activity shall stop. */
  static <T> T asking(Reporter reporter, Supplier<T> question) {
    return over(reporter::alive, Stop.LEAVE, question);
  }

  /**
   * Waits for work.
   *
   * @param tick says several times a second that the activity lives
   * @throws io.temporal.client.ActivityCompletionException where the activity shall stop, as {@code
   *     how} says
   */
  static <T> T over(Runnable tick, Stop how, Supplier<T> work) {
    tick.run();
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, "lockstep-restore");
    thread.setDaemon(true);
    thread.start();
    try (KeepAlive alive = new KeepAlive(INTERVAL, tick, stop(how, task, thread))) {
      T done = alive.over(() -> await(task));
      alive.check();
      return done;
    }
  }

  private static <T> T await(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw unchecked(e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait was interrupted", e);
    }
  }

  /** A task that is cancelled is waited for no longer. */
  private static Runnable stop(Stop how, FutureTask<?> task, Thread thread) {
    AtomicBoolean interrupted = new AtomicBoolean();
    return switch (how) {
      case LEAVE -> () -> task.cancel(true);
      case FINISH -> () -> {};
      case INTERRUPT ->
          () -> {
            // Only once: what it does to clean up must not be interrupted again.
            if (!interrupted.getAndSet(true)) {
              thread.interrupt();
            }
          };
    };
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
