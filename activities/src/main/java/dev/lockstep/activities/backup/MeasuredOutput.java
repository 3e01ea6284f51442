package dev.lockstep.activities.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and digests what goes through. */
final class MeasuredOutput extends FilterOutputStream {
  private final MessageDigest digest = Digests.sha256();
  private long bytes;

  MeasuredOutput(OutputStream target) {
    super(target);
  }

  @Override
  public void write(int next) throws IOException {
    write(new byte[] {(byte) next}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    out.write(from, offset, length);
    digest.update(from, offset, length);
    bytes += length;
  }

  long bytes() {
    return bytes;
  }

  /** Of everything so far; to be asked once. */
  String sha256() {
    return Digests.hex(digest.digest());
  }
}
