package dev.lockstep.activities.stream;

import java.io.IOException;
import java.util.Objects;

/** An input that is made piece by piece, as it is read. */
public abstract class PieceInput extends BlockInput {
  private byte[] piece = new byte[0];
  private int used;
  private boolean ended;

  /** For those that extend it. */
  protected PieceInput() {}

  /**
   * Makes the next piece, which is not changed afterwards.
   *
   * @return empty where nothing more comes: then it is not asked again
   */
  protected abstract byte[] next() throws IOException;

  @Override
  public final int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (used == piece.length && !ended) {
      piece = next();
      used = 0;
      ended = piece.length == 0;
    }
    if (ended) {
      return -1;
    }
    int count = Math.min(length, piece.length - used);
    System.arraycopy(piece, used, into, offset, count);
    used += count;
    return count;
  }
}
