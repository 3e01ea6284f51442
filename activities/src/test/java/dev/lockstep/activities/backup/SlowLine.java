package dev.lockstep.activities.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A line to a server that is slow for some seconds, then fast for some, in turn. What the server
 * answers passes at once.
 */
final class SlowLine implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final URI behind;
  private final Duration phase;
  private final long slowBytesPerSecond;
  private final ServerSocket door;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong passed = new AtomicLong();
  private final long began = System.nanoTime();

  private SlowLine(URI behind, Duration phase, long slowBytesPerSecond) throws IOException {
    this.behind = behind;
    this.phase = phase;
    this.slowBytesPerSecond = slowBytesPerSecond;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  static SlowLine to(String address, Duration phase, long slowBytesPerSecond) throws IOException {
    return new SlowLine(URI.create(address), phase, slowBytesPerSecond);
  }

  String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** Bytes that went to the server. */
  long passed() {
    return passed.get();
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (!door.isClosed()) {
        Socket client = door.accept();
        Socket server = new Socket(behind.getHost(), behind.getPort());
        threads.execute(() -> pump(client, server, true));
        threads.execute(() -> pump(server, client, false));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pump(Socket from, Socket to, boolean paced) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int count = in.read(buffer);
      while (count >= 0) {
        out.write(buffer, 0, count);
        if (paced) {
          passed.addAndGet(count);
          pace(count);
        }
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // One of the two went away: the other one sees its end.
    }
  }

  private void pace(int count) {
    if ((System.nanoTime() - began) / phase.toNanos() % 2 == 0) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(count) / slowBytesPerSecond);
    }
  }
}
