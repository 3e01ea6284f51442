package dev.lockstep.activities.kubernetes;

import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program in a container, as far as exec lets see of it. */
final class PodProcess extends Process {
  private static final Logger LOG = LoggerFactory.getLogger(PodProcess.class);

  /** No status came: the channel was cut. */
  private static final int CUT = -1;

  private final ExecWatch watch;

  PodProcess(ExecWatch watch) {
    this.watch = watch;
  }

  @Override
  public OutputStream getOutputStream() {
    return watch.getInput();
  }

  @Override
  public InputStream getInputStream() {
    return watch.getOutput();
  }

  @Override
  public InputStream getErrorStream() {
    return watch.getError();
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return status(watch.exitCode().get());
    } catch (ExecutionException e) {
      LOG.debug("the channel of a program was cut", e);
      return CUT;
    }
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    try {
      watch.exitCode().get(timeout, unit);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  @Override
  public int exitValue() {
    if (!watch.exitCode().isDone()) {
      throw new IllegalThreadStateException("it still runs");
    }
    try {
      return status(watch.exitCode().join());
    } catch (RuntimeException e) {
      LOG.debug("the channel of a program was cut", e);
      return CUT;
    }
  }

  @Override
  public boolean isAlive() {
    return !watch.exitCode().isDone();
  }

  private static int status(@Nullable Integer code) {
    return code == null ? CUT : code;
  }

  /** Its own children are out of sight. */
  @Override
  public Stream<ProcessHandle> descendants() {
    return Stream.empty();
  }

  @Override
  public void destroy() {
    try {
      watch.getInput().write('\n');
      watch.getInput().flush();
    } catch (IOException e) {
      destroyForcibly();
    }
  }

  @Override
  public Process destroyForcibly() {
    watch.close();
    return this;
  }
}
