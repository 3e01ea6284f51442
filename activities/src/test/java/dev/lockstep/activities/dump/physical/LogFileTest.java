package dev.lockstep.activities.dump.physical;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogFileTest {
  private static final long SEGMENT = 16L << 20;
  private static final String SYSTEM = "17577134343526987221";
  private static final LogFile FILE = new LogFile(SYSTEM, 1, SEGMENT, Lsn.parse("1/A2000000"));

  @ParameterizedTest
  @CsvSource({
    "0/3000028, 16777216, 000000010000000000000003",
    "0/3000000, 16777216, 000000010000000000000003",
    "1/A2000000, 16777216, 0000000100000001000000A2",
    "FFFF/FF000000, 16777216, 000000010000FFFF000000FF",
    "3/40000001, 1073741824, 000000010000000300000001"
  })
  void aFileHasTheNameThatTheServerGivesIt(String position, long segment, String name) {
    assertThat(Lsn.parse(position).file(1, segment)).isEqualTo(name);
    assertThat(Lsn.parse(position)).hasToString(position);
  }

  @Test
  void aFileEndsWhereTheNextBegins() {
    assertThat(Lsn.parse("0/3000028").endOfFile(SEGMENT)).hasToString("0/4000000");
    assertThat(Lsn.parse("0/4000000").endOfFile(SEGMENT)).hasToString("0/4000000");
  }

  @Test
  void theHeaderOfTheRightFileIsRightInEitherByteOrder() {
    assertThat(FILE.difference(header(ByteOrder.LITTLE_ENDIAN, 1, FILE.begin().value()))).isEmpty();
    assertThat(FILE.difference(header(ByteOrder.BIG_ENDIAN, 1, FILE.begin().value()))).isEmpty();
  }

  @Test
  void anOldFileUnderANewNameIsNotTheOne() {
    assertThat(FILE.difference(header(ByteOrder.LITTLE_ENDIAN, 1, 3 * SEGMENT))).isPresent();
    assertThat(FILE.difference(header(ByteOrder.LITTLE_ENDIAN, 2, FILE.begin().value())))
        .isPresent();
    assertThat(FILE.difference(new byte[LogFile.HEADER_BYTES])).contains("holds something else");
    assertThat(FILE.difference(new byte[7])).contains("has 7 bytes");
  }

  private static byte[] header(ByteOrder order, int timeline, long address) {
    return ByteBuffer.allocate(LogFile.HEADER_BYTES)
        .order(order)
        .putShort((short) 0xD110)
        .putShort((short) 2)
        .putInt(timeline)
        .putLong(address)
        .putLong(0)
        .putLong(Long.parseUnsignedLong(SYSTEM))
        .putInt((int) SEGMENT)
        .putInt(8192)
        .array();
  }
}
