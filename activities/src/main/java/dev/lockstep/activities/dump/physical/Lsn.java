package dev.lockstep.activities.dump.physical;

import java.util.Locale;

/**
 * A position in the log, in bytes from its beginning.
 *
 * @param value without a sign
 */
record Lsn(long value) implements Comparable<Lsn> {
  /**
   * Reads one.
   *
   * @param text as PostgreSQL writes it, such as {@code 0/3000028}
   */
  static Lsn parse(String text) {
    int slash = text.indexOf('/');
    return new Lsn(
        Long.parseLong(text.substring(0, slash), 16) << 32
            | Long.parseLong(text.substring(slash + 1), 16));
  }

  /** Where the first file begins that has nothing before this position. */
  Lsn endOfFile(long segmentBytes) {
    return new Lsn((value + segmentBytes - 1) / segmentBytes * segmentBytes);
  }

  Lsn plus(long bytes) {
    return new Lsn(value + bytes);
  }

  /**
   * The name of the file that holds it.
   *
   * @see <a
   *     href="https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/access/xlog_internal.h">XLogFileName</a>
   */
  String file(int timeline, long segmentBytes) {
    long number = value / segmentBytes;
    long each = (1L << 32) / segmentBytes;
    return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number / each, number % each);
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xFFFFFFFFL);
  }
}
