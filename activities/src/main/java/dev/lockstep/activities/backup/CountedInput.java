package dev.lockstep.activities.backup;

import dev.lockstep.activities.stream.BlockFilter;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read. */
class CountedInput extends BlockFilter {
  private long bytes;

  CountedInput(InputStream source) {
    super(source);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = source.read(into, offset, length);
    bytes += Math.max(0, count);
    return count;
  }

  final long bytes() {
    return bytes;
  }
}
