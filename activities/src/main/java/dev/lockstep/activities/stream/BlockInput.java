package dev.lockstep.activities.stream;

import java.io.IOException;
import java.io.InputStream;

/**
 * An input that is read in blocks: one byte is a block of one, and what is skipped is read. So
 * whatever {@link #read(byte[], int, int)} counts, digests or translates sees every byte.
 */
public abstract class BlockInput extends InputStream {
  /** For those that extend it. */
  protected BlockInput() {}

  @Override
  public abstract int read(byte[] into, int offset, int length) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    while (count == 0) {
      count = read(one, 0, 1);
    }
    return count < 0 ? -1 : one[0] & 0xff;
  }
}
