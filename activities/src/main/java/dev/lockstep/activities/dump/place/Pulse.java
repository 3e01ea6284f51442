package dev.lockstep.activities.dump.place;

import dev.lockstep.activities.progress.Reporter;
import io.temporal.client.ActivityCompletionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets an activity live while programs work, and ends them when it shall stop. Nobody reads or
 * writes meanwhile: a program that waits for a lock says nothing for minutes.
 */
public final class Pulse implements AutoCloseable {
  private static final long TICK_MILLIS = 1000;

  private final Reporter reporter;
  private final Set<Running> programs = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;
  private final ScheduledFuture<?> looks;
  private volatile @Nullable ActivityCompletionException stop;

  /** Begins at once. */
  public Pulse(Reporter reporter) {
    this.reporter = reporter;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "lockstep-pulse");
              thread.setDaemon(true);
              return thread;
            });
    this.looks =
        timer.scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Lets it end with the activity. */
  public Running over(Running running) {
    programs.add(running);
    if (stop != null) {
      running.close();
    }
    return running;
  }

  /** Its output, which throws the wish to stop where that ended the program. */
  public InputStream output(Running running) {
    return new FilterInputStream(over(running).output()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          return in.read(target, offset, length);
        } catch (IOException e) {
          check();
          throw e;
        }
      }
    };
  }

  /**
   * Does nothing as long as the activity may go on.
   *
   * @throws ActivityCompletionException where it shall stop
   */
  public void check() {
    @Nullable ActivityCompletionException wish = stop;
    if (wish != null) {
      throw wish;
    }
  }

  private void look() {
    if (stop != null) {
      return;
    }
    try {
      reporter.alive();
    } catch (ActivityCompletionException e) {
      stop = e;
      programs.forEach(Running::close);
    }
  }

  /** Ends every program that still runs. */
  @Override
  public void close() {
    looks.cancel(false);
    timer.shutdownNow();
    programs.forEach(Running::close);
  }
}
