package dev.lockstep.activities.dump.physical;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A file of the log as it must be. A server uses old files again under new names, so that a name
 * alone does not tell what is in one.
 *
 * @param system identifier of the server's files
 * @param begin of its first byte
 */
record LogFile(String system, int timeline, long segmentBytes, Lsn begin) {
  /**
   * Length of the header of its first page: magic and flags of 2 bytes each, timeline (4), address
   * (8), the rest of a record (4 and a gap of 4), system identifier (8), length of the file (4),
   * length of a page (4); in the byte order of the server.
   *
   * @see <a
   *     href="https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/access/xlog_internal.h">XLogLongPageHeaderData</a>
   */
  static final int HEADER_BYTES = 40;

  private static final int FLAGS = 2;
  private static final int LONG_HEADER = 2;
  private static final int TIMELINE = 4;
  private static final int ADDRESS = 8;
  private static final int SYSTEM = 24;
  private static final int LENGTH = 32;

  String name() {
    return begin.file(timeline, segmentBytes);
  }

  /**
   * What is wrong with a file of this name; empty: nothing.
   *
   * @param first at least {@link #HEADER_BYTES} from its begin
   */
  Optional<String> difference(byte[] first) {
    if (first.length < HEADER_BYTES) {
      return Optional.of("has " + first.length + " bytes");
    }
    return List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN).stream()
            .anyMatch(order -> fits(ByteBuffer.wrap(first).order(order)))
        ? Optional.empty()
        : Optional.of("holds something else");
  }

  private boolean fits(ByteBuffer page) {
    return (page.getShort(FLAGS) & LONG_HEADER) != 0
        && page.getInt(TIMELINE) == timeline
        && page.getLong(ADDRESS) == begin.value()
        && Long.toUnsignedString(page.getLong(SYSTEM)).equals(system)
        && Integer.toUnsignedLong(page.getInt(LENGTH)) == segmentBytes;
  }
}
