package dev.lockstep.activities.dump.place;

import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program in a shell, wherever that is. */
final class RunningProgram implements Running, MarkedOutput.End {
  private static final Logger LOG = LoggerFactory.getLogger(RunningProgram.class);

  /** Each a millisecond after the one before. */
  private static final int START_LOOKS = 2000;

  /** From the end of its output to its exit; and from the wish that it ends to the force. */
  private static final long EXIT_SECONDS = 10;

  private final Launch launch;
  private final Program program;
  private final String place;
  private final InputPump pump;
  private final LastWords words;
  private final Thread listener;
  private final MarkedOutput output;
  private final AtomicBoolean closed = new AtomicBoolean();

  RunningProgram(Launch launch, Program program, String place) {
    this.launch = launch;
    this.program = program;
    this.place = place;
    this.pump = new InputPump(launch, program, this::close);
    this.words = new LastWords(launch.process().getErrorStream(), program.secrets());
    this.listener = thread("errors", words);
    this.output = new MarkedOutput(launch.process().getInputStream(), launch.mark(), this);
  }

  RunningProgram begin() {
    listener.start();
    thread("input", pump).start();
    return this;
  }

  private Thread thread(String what, Runnable work) {
    Thread thread = new Thread(work, "lockstep-program-" + what);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public void reached(OptionalInt said) throws IOException {
    int exit = exits() ? launch.process().exitValue() : -1;
    @Nullable Exception unread = pump.failure();
    if (unread != null) {
      throw new IOException(
          "the input of " + program + " broke off: " + unread.getMessage(), unread);
    }
    if (said.isEmpty() || said.getAsInt() != 0 || exit != 0) {
      int status = said.orElse(0) == 0 ? exit : said.getAsInt();
      ApplicationFailure failure = Faults.failure(program.fault(), failure(status), "");
      throw new IOException(failure.getOriginalMessage(), failure);
    }
  }

  private String failure(int status) {
    StringBuilder text = new StringBuilder(program.title()).append(" at ").append(place);
    if (closed.get()) {
      text.append(" was ended before it was complete");
    } else if (status < 0) {
      text.append(" was cut off: neither its end mark nor its exit status came");
    } else {
      text.append(" ended with status ").append(status);
      text.append(status == 0 ? " without its end mark" : "");
    }
    try {
      listener.join(TimeUnit.SECONDS.toMillis(EXIT_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text.append(words.text().isEmpty() ? "" : ": " + words.text()).toString();
  }

  private boolean exits() {
    try {
      return launch.process().waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void closed() {
    close();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    Process process = launch.process();
    if (!process.isAlive()) {
      // What is left is a channel at most.
      process.destroyForcibly();
      return;
    }
    List<ProcessHandle> started = started(process);
    started.forEach(ProcessHandle::destroy);
    process.destroy();
    dropOutput(process);
    if (!exits(started)) {
      Stream.concat(started.stream(), process.descendants())
          .forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      if (!exits(started)) {
        LOG.warn("{} at {} does not end", program, place);
      }
    }
  }

  /**
   * What a shell of this machine has started. One that has not started the program yet is waited
   * for: it would do so while it is being ended, and a program that nobody ends takes the end of
   * its input for that of a whole content.
   */
  private List<ProcessHandle> started(Process shell) {
    List<ProcessHandle> started = shell.descendants().toList();
    try {
      int looks = launch.halfCloses() ? START_LOOKS : 0;
      while (looks-- > 0 && started.isEmpty() && !shell.waitFor(1, TimeUnit.MILLISECONDS)) {
        started = shell.descendants().toList();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return started;
  }

  /** The shell ends before what it started, which may clean up. */
  private boolean exits(List<ProcessHandle> started) {
    CompletableFuture<?>[] ends =
        started.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(EXIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("what {} started does not end", program, e);
      return false;
    }
    return exits();
  }

  private static void dropOutput(Process process) {
    try {
      process.getInputStream().close();
    } catch (IOException e) {
      LOG.debug("the output of a program that was ended", e);
    }
  }
}
