package dev.lockstep.activities.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short command by exec. What it writes is read away meanwhile, else it would stand still; the
 * end of that is kept. A command that is over its time is cut off from its channels, which ends it
 * as soon as it reads or writes.
 */
final class PodCommand implements InPod {
  private static final Logger LOG = LoggerFactory.getLogger(PodCommand.class);
  private static final int LAST_WORDS = 500;
  private static final long LOOK_MILLIS = 200;

  private final PodPrograms programs;

  PodCommand(PodPrograms programs) {
    this.programs = programs;
  }

  @Override
  public Optional<String> run(PodName pod, List<String> command, Duration limit, Runnable alive) {
    Stopwatch stopwatch = new Stopwatch();
    Process process = programs.start(pod, command);
    try {
      Words said = new Words();
      Thread output = said.listen(process.getInputStream(), pod.name() + "-output");
      Thread errors = said.listen(process.getErrorStream(), pod.name() + "-errors");
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        alive.run();
        if (stopwatch.elapsed().compareTo(limit) >= 0) {
          return Optional.of("it has not ended within " + limit.toSeconds() + "s" + said.last());
        }
      }
      output.join(LOOK_MILLIS);
      errors.join(LOOK_MILLIS);
      int status = process.exitValue();
      return status == 0
          ? Optional.empty()
          : Optional.of(
              (status < 0 ? "its channel was cut" : "it ended with status " + status)
                  + said.last());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the worker is being stopped");
    } finally {
      process.destroyForcibly();
    }
  }

  /** The end of what was written, by both streams. */
  private static final class Words {
    private final StringBuilder kept = new StringBuilder();

    Thread listen(InputStream stream, String name) {
      Thread thread = new Thread(() -> drain(stream), name);
      thread.setDaemon(true);
      thread.start();
      return thread;
    }

    private void drain(InputStream stream) {
      byte[] piece = new byte[4096];
      try {
        for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
          keep(new String(piece, 0, read, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        LOG.debug("a channel of a command was cut", e);
      }
    }

    private synchronized void keep(String words) {
      kept.append(words);
      kept.delete(0, Math.max(0, kept.length() - LAST_WORDS));
    }

    synchronized String last() {
      return kept.isEmpty() ? "" : ": " + kept.toString().strip();
    }
  }
}
