package dev.lockstep.activities.dump.physical;

import dev.lockstep.activities.stream.BlockFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A base as it passes, whose last words are kept: pg_basebackup puts the server's own manifest at
 * the end of the archive, and that ends with the range of log that the base needs.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/backup-manifest-toplevel.html">WAL-Ranges</a>
 */
final class BaseEnd extends BlockFilter {
  /** What follows the range is a checksum, and blocks that fill the archive up. */
  private static final int KEPT_BYTES = 64 * 1024;

  private static final Pattern RANGE =
      Pattern.compile(
          "\"WAL-Ranges\":\\s*\\[\\s*\\{\\s*\"Timeline\":\\s*(\\d+),\\s*\"Start-LSN\":\\s*\"([0-9A-F]+/[0-9A-F]+)\","
              + "\\s*\"End-LSN\":\\s*\"([0-9A-F]+/[0-9A-F]+)\"\\s*}\\s*]");

  private final byte[] tail = new byte[KEPT_BYTES];
  private int length;

  BaseEnd(InputStream source) {
    super(source);
  }

  /**
   * The log that a base needs.
   *
   * @param end behind the last byte of it
   */
  record Range(int timeline, Lsn start, Lsn end) {}

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    int read = source.read(into, offset, count);
    keep(into, offset, Math.max(0, read));
    return read;
  }

  private synchronized void keep(byte[] from, int offset, int count) {
    int added = Math.min(count, KEPT_BYTES);
    int stays = Math.min(length, KEPT_BYTES - added);
    System.arraycopy(tail, length - stays, tail, 0, stays);
    System.arraycopy(from, offset + count - added, tail, stays, added);
    length = stays + added;
  }

  /** Empty where it did not end as a base ends. */
  synchronized Optional<Range> range() {
    Matcher found = RANGE.matcher(new String(tail, 0, length, StandardCharsets.ISO_8859_1));
    return found.find()
        ? Optional.of(
            new Range(
                Integer.parseInt(found.group(1)),
                Lsn.parse(found.group(2)),
                Lsn.parse(found.group(3))))
        : Optional.empty();
  }
}
