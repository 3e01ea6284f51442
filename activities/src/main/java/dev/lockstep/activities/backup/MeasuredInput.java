package dev.lockstep.activities.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and digests what is read. */
final class MeasuredInput extends FilterInputStream {
  private final MessageDigest digest = Digests.sha256();
  private long bytes;

  MeasuredInput(InputStream source) {
    super(source);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (count > 0) {
      digest.update(into, offset, count);
      bytes += count;
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, Short.MAX_VALUE)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  long bytes() {
    return bytes;
  }

  /** Of everything so far; to be asked once. */
  String sha256() {
    return Digests.hex(digest.digest());
  }
}
