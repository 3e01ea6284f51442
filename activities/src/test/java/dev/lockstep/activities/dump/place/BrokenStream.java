package dev.lockstep.activities.dump.place;

import java.io.IOException;
import java.io.InputStream;

/** A stream that cannot be read. */
public final class BrokenStream extends InputStream {
  private final String reason;

  /** For that reason. */
  public BrokenStream(String reason) {
    this.reason = reason;
  }

  @Override
  public int read() throws IOException {
    throw new IOException(reason);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    throw new IOException(reason);
  }
}
