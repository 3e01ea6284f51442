package dev.lockstep.activities.dump.place;

import dev.lockstep.activities.progress.KeepAlive;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.stream.BlockFilter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets an activity live while programs work, and ends them when it shall stop. Nobody reads or
 * writes meanwhile: a program that waits for a lock says nothing for minutes.
 */
public final class Pulse implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Set<Running> programs = ConcurrentHashMap.newKeySet();
  private final KeepAlive alive;

  /** Begins at once. */
  public Pulse(Reporter reporter) {
    this.alive = new KeepAlive(INTERVAL, reporter::alive, this::end);
  }

  /** Lets it end with the activity. */
  public Running over(Running running) {
    programs.add(running);
    if (alive.isStopped()) {
      running.close();
    }
    return running;
  }

  /** Its output, which throws the wish to stop where that ended the program. */
  public InputStream output(Running running) {
    return new BlockFilter(over(running).output()) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          return source.read(target, offset, length);
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
   * @throws io.temporal.client.ActivityCompletionException where it shall stop
   */
  public void check() {
    alive.check();
  }

  /** Ends every program that still runs. */
  @Override
  public void close() {
    alive.close();
    end();
  }

  private void end() {
    programs.forEach(Running::close);
  }
}
