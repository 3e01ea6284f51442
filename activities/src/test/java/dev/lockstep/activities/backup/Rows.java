package dev.lockstep.activities.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** So many bytes that look like rows; the same ones each time, and nothing of them is kept. */
final class Rows extends InputStream {
  private static final int BLOCK_BYTES = 1 << 20;

  private final byte[] block;
  private final long length;
  private final long brokenAt;
  private long at;

  private Rows(long length, long brokenAt) {
    this.length = length;
    this.brokenAt = brokenAt;
    StringBuilder text = new StringBuilder();
    long seed = 42;
    while (text.length() < BLOCK_BYTES) {
      seed = seed * 6364136223846793005L + 1442695040888963407L;
      text.append(text.length()).append("\tcustomer ").append(seed >>> 40).append("\tParis\t\\N\n");
    }
    this.block = text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static Rows of(long length) {
    return new Rows(length, Long.MAX_VALUE);
  }

  /** A dump whose program dies. */
  static Rows cutAt(long bytes) {
    return new Rows(Long.MAX_VALUE, bytes);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    if (at >= length) {
      return -1;
    }
    if (at >= brokenAt) {
      throw new IOException("the program ended with status 1");
    }
    int from = (int) (at % block.length);
    int count =
        (int) Math.min(Math.min(wanted, block.length - from), Math.min(length - at, brokenAt - at));
    System.arraycopy(block, from, into, offset, count);
    at += count;
    return count;
  }
}
