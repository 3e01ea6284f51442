package dev.lockstep.activities.storage;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * An upload in parts. The one that is being filled is all that is held in memory; it is sent once
 * more is written than it holds, so that an object of at most one part goes in one request and the
 * last part is never empty.
 *
 * <p>After a part was refused nothing more is taken: what would be completed has a gap.
 */
abstract class PartUpload extends Upload {
  private static final int SMALLEST = 64 << 10;

  private byte[] part = new byte[SMALLEST];
  private int filled;
  private int number = 1;
  private boolean over;

  /** Sends one part that is not the last. Its bytes are valid until this returns. */
  protected abstract void send(Part part);

  /** Sends the last part, which is the only one where its number is 1: then the object appears. */
  protected abstract void finish(Part part);

  /** Throws away what was sent, if anything was. */
  protected abstract void abandon();

  /** Bytes of one part. */
  protected int size(int number) {
    return PartSizes.of(number);
  }

  @Override
  public final void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    ensureOpen();
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == size(number)) {
        attempt(() -> send(new Part(number, part, filled)));
        number++;
        filled = 0;
      }
      int taken = Math.min(left, size(number) - filled);
      makeRoom(taken);
      System.arraycopy(bytes, from, part, filled, taken);
      filled += taken;
      from += taken;
      left -= taken;
    }
  }

  @Override
  public final void complete() throws IOException {
    ensureOpen();
    attempt(() -> finish(new Part(number, part, filled)));
    end();
  }

  @Override
  public final void close() throws IOException {
    if (over) {
      return;
    }
    end();
    try {
      abandon();
    } catch (ApplicationFailure refused) {
      throw new IOException(refused.getOriginalMessage(), refused);
    }
  }

  private void ensureOpen() throws IOException {
    if (over) {
      throw new IOException("this upload has ended");
    }
  }

  private void end() {
    over = true;
    part = new byte[0];
    filled = 0;
  }

  private void makeRoom(int bytes) {
    if (filled + bytes > part.length) {
      long doubled = 2L * part.length;
      part = Arrays.copyOf(part, (int) Math.min(size(number), Math.max(doubled, filled + bytes)));
    }
  }

  private void attempt(Runnable request) throws IOException {
    try {
      request.run();
    } catch (ApplicationFailure refused) {
      try {
        close();
      } catch (IOException also) {
        refused.addSuppressed(also);
      }
      throw new IOException(refused.getOriginalMessage(), refused);
    }
  }
}
