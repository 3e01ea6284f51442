package dev.lockstep.activities.backup;

import dev.lockstep.activities.stream.BlockOutput;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a target in a thread of its own, so that writer and target work at the same time.
 *
 * <ol>
 *   <li>At most {@link #BLOCKS} blocks are under way; where all are full, the writer waits.
 *   <li>What the target throws is thrown by the writer's next call, as it is: the first failure of
 *       a chain of these comes out at its beginning.
 *   <li>After a failure blocks go nowhere, so that the writer never waits for a dead target.
 *   <li>{@link #close()} returns when the target has everything and is closed. {@link #abort()}
 *       returns when nothing is written any more; after {@code close} it does nothing.
 * </ol>
 */
final class BackgroundOutput extends BlockOutput {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundOutput.class);
  private static final int BLOCK_BYTES = 256 << 10;
  private static final int BLOCKS = 8;
  private static final long LONGEST_ABORT_SECONDS = 10;

  private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final OutputStream target;
  private final Thread thread;
  private @Nullable Block current;
  private volatile @Nullable Throwable failure;
  private volatile boolean aborted;
  private boolean ended;

  BackgroundOutput(String name, OutputStream target) {
    this.target = target;
    for (int i = 0; i < BLOCKS; i++) {
      free.add(new Block());
    }
    this.thread = new Thread(this::drain, "lockstep-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      check();
      Block block = block();
      int count = Math.min(length - done, BLOCK_BYTES - block.length);
      System.arraycopy(from, offset + done, block.bytes, block.length, count);
      block.length += count;
      done += count;
      if (block.length == BLOCK_BYTES) {
        hand(block);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      return;
    }
    check();
    Block last = block();
    last.isLast = true;
    hand(last);
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    ended = true;
    check();
  }

  /** Ends it whatever has been written. */
  void abort() {
    if (ended) {
      return;
    }
    ended = true;
    aborted = true;
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(LONGEST_ABORT_SECONDS));
      if (thread.isAlive()) {
        LOG.warn("{} does not stop", thread.getName());
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Block block() throws IOException {
    try {
      Block block = current == null ? free.take() : current;
      current = block;
      return block;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void hand(Block block) {
    current = null;
    full.add(block);
  }

  private void check() throws IOException {
    if (aborted) {
      throw new IOException("it was given up");
    }
    @Nullable Throwable known = failure;
    if (known instanceof IOException exception) {
      throw exception;
    }
    if (known instanceof RuntimeException exception) {
      throw exception;
    }
    if (known != null) {
      throw Damage.failure(FaultCode.INTERNAL_ERROR, "unexpected: " + known);
    }
  }

  private void drain() {
    boolean last = false;
    while (!last && !aborted) {
      try {
        Block block = full.take();
        last = block.isLast;
        if (failure == null) {
          target.write(block.bytes, 0, block.length);
        }
        block.length = 0;
        free.add(block);
      } catch (InterruptedException e) {
        fail(new InterruptedIOException("interrupted"));
        last = true;
      } catch (Throwable e) {
        fail(e);
      }
    }
    try {
      // Also after a failure: a target in native code has memory to give back.
      target.close();
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while the target takes no more");
  }

  private static final class Block {
    private final byte[] bytes = new byte[BLOCK_BYTES];
    private int length;
    private boolean isLast;
  }
}
