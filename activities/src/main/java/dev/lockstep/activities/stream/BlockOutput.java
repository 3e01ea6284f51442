package dev.lockstep.activities.stream;

import java.io.IOException;
import java.io.OutputStream;

/** An output that is written in blocks: one byte is a block of one. */
public abstract class BlockOutput extends OutputStream {
  /** For those that extend it. */
  protected BlockOutput() {}

  @Override
  public abstract void write(byte[] from, int offset, int length) throws IOException;

  @Override
  public void write(int next) throws IOException {
    write(new byte[] {(byte) next}, 0, 1);
  }
}
