package dev.lockstep.activities.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Brings a file to the disk while it is being written: at its end the disk has little left to do,
 * and the work of before goes on meanwhile.
 */
final class EarlySync {
  private static final long EVERY_BYTES = 16L << 20;

  private final FileChannel channel;
  private long waiting;
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  EarlySync(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Begins anew where enough was written since, and nothing is under way.
   *
   * @throws IOException where the one before failed
   */
  void wrote(int bytes) throws IOException {
    waiting += bytes;
    if (waiting >= EVERY_BYTES && running.isDone()) {
      await();
      waiting = 0;
      running = CompletableFuture.runAsync(this::sync);
    }
  }

  /**
   * Waits for what is under way.
   *
   * @throws IOException where it failed: Linux tells of a page that could not be written once, and
   *     the next sync of the same file succeeds
   * @see <a href="https://man7.org/linux/man-pages/man2/fsync.2.html">fsync(2)</a>, EIO
   */
  void await() throws IOException {
    try {
      running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw e;
    }
  }

  private void sync() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
