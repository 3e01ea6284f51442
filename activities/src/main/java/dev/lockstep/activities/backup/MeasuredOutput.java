package dev.lockstep.activities.backup;

import dev.lockstep.activities.stream.BlockOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and digests what goes through. */
final class MeasuredOutput extends BlockOutput {
  private final OutputStream target;
  private final MessageDigest digest = Digests.sha256();
  private long bytes;

  MeasuredOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    target.write(from, offset, length);
    digest.update(from, offset, length);
    bytes += length;
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }

  @Override
  public void close() throws IOException {
    target.close();
  }

  long bytes() {
    return bytes;
  }

  /** Of everything so far; to be asked once. */
  String sha256() {
    return Digests.hex(digest.digest());
  }
}
