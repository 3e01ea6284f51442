package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CheckedObjectTest {
  private static final byte[] BYTES = "123456789".getBytes(StandardCharsets.US_ASCII);

  /** The check value of CRC-32C for these digits: E3069283. */
  private static final String CRC32C = "4waSgw==";

  /** By md5sum(1). */
  private static final String MD5 = "JfnnlDI7RTiF9RgfG2JNCw==";

  @Test
  void whatAddsUpIsRead() throws IOException {
    assertThat(object(9, Sum.crc32c(), CRC32C).readAllBytes()).isEqualTo(BYTES);
    assertThat(object(9, Sum.md5(), MD5).readAllBytes()).isEqualTo(BYTES);
  }

  @Test
  void whatDoesNotAddUpThrowsAtItsEnd() throws IOException {
    CheckedObject object = object(9, Sum.crc32c(), "4waSgg==");
    assertThat(object.readNBytes(8)).hasSize(8);
    assertThatThrownBy(object::readAllBytes)
        .isInstanceOf(IOException.class)
        .hasMessage("an object: what was read is not what was stored: its checksum differs");
  }

  @Test
  void whatIsTooShortThrows() {
    assertThatThrownBy(() -> object(10, Sum.crc32c(), CRC32C).readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessage("an object: read 9 bytes of 10");
  }

  @Test
  void whatIsTooLongThrows() {
    assertThatThrownBy(() -> object(8, Sum.crc32c(), CRC32C).readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessage("an object: read 9 bytes of 8");
  }

  @Test
  void whatIsSkippedIsCheckedToo() throws IOException {
    CheckedObject object = object(9, Sum.crc32c(), CRC32C);
    assertThat(object.skip(5)).isEqualTo(5);
    assertThat(object.read()).isEqualTo('6');
    assertThat(object.readAllBytes()).isEqualTo("789".getBytes(StandardCharsets.US_ASCII));
  }

  private static CheckedObject object(long length, Sum sum, String expected) {
    return new CheckedObject(
        new ByteArrayInputStream(BYTES),
        "an object",
        length,
        Optional.of(new CheckedObject.Expected(sum, expected)));
  }
}
