package dev.lockstep.worker.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends what this process started, where this process is killed in a way that no hook of its own
 * survives.
 *
 * <p>A shell waits at the other end of a pipe. The pipe closes with this process however it ends;
 * then the shell kills the processes it was told about, the database server of its folder among
 * them, and removes the folder. It ignores the signals that a terminal sends to the whole group.
 */
public final class Watchdog implements AutoCloseable {
  private static final Duration END_WITHIN = Duration.ofSeconds(20);

  /**
   * Lines are {@code guard PID} or {@code forget PID}. The first line of {@code postmaster.pid} is
   * the server's process id: see PostgreSQL's miscadmin.h. SIGQUIT is its immediate shutdown, which
   * also frees its shared memory.
   */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      pids=' '
      while read -r word pid; do
        case $word in
          guard) pids="$pids$pid " ;;
          forget) pids="${pids%% $pid *} ${pids#* $pid }" ;;
        esac
      done
      for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
      find "$1" -name postmaster.pid 2>/dev/null | while read -r file; do
        read -r pid <"$file" || continue
        kill -QUIT "$pid" 2>/dev/null
        tries=0
        while [ "$tries" -lt 50 ] && kill -0 "$pid" 2>/dev/null; do
          tries=$((tries + 1))
          sleep 0.1
        done
        kill -9 "$pid" 2>/dev/null
      done
      rm -rf "$1" || { sleep 1; rm -rf "$1"; }
      """;

  private final Process shell;
  private final OutputStream orders;

  private Watchdog(Process shell) {
    this.shell = shell;
    this.orders = shell.getOutputStream();
  }

  /**
   * Starts it.
   *
   * @param folder of this process alone; may hold the data of a database server
   */
  public static Watchdog over(Path folder) throws IOException {
    List<String> command = List.of("/bin/sh", "-c", SCRIPT, "lockstep-watchdog", folder.toString());
    return new Watchdog(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** This process is killed too. */
  public void guard(long pid) {
    order("guard " + pid);
  }

  /** This process has ended: its id may soon be another one's. */
  public void forget(long pid) {
    order("forget " + pid);
  }

  private synchronized void order(String line) {
    try {
      orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
    } catch (IOException e) {
      // The shell was killed; the hooks of this process are left, which is all there was before it.
    }
  }

  /** Ends what is left, and removes the folder. */
  @Override
  public void close() throws IOException {
    orders.close();
    try {
      shell.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
