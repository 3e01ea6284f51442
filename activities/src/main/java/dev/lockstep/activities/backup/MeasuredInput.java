package dev.lockstep.activities.backup;

import dev.lockstep.activities.stream.BlockFilter;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and digests what is read. */
final class MeasuredInput extends BlockFilter {
  private final MessageDigest digest = Digests.sha256();
  private long bytes;

  MeasuredInput(InputStream source) {
    super(source);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = source.read(into, offset, length);
    if (count > 0) {
      digest.update(into, offset, count);
      bytes += count;
    }
    return count;
  }

  long bytes() {
    return bytes;
  }

  /** Of everything so far; to be asked once. */
  String sha256() {
    return Digests.hex(digest.digest());
  }
}
