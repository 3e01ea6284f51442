package dev.lockstep.activities.backup;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and digests what is read. */
final class MeasuredInput extends CountedInput {
  private final MessageDigest digest = Digests.sha256();

  MeasuredInput(InputStream source) {
    super(source);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count > 0) {
      digest.update(into, offset, count);
    }
    return count;
  }

  /** Of everything so far; to be asked once. */
  String sha256() {
    return Digests.hex(digest.digest());
  }
}
