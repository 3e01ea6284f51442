package dev.lockstep.activities.dump.physical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BaseEndTest {
  private static final String MANIFEST =
      """
      "WAL-Ranges": [
      { "Timeline": 3, "Start-LSN": "1/2000028", "End-LSN": "1/2000100" }
      ],
      "Manifest-Checksum": "aa"}
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 65_535, 65_536, 200_000})
  void theRangeIsFoundAtTheEndHoweverItIsRead(int block) throws IOException {
    BaseEnd end = read("x".repeat(300_000) + MANIFEST + "\0".repeat(1536), block);
    assertThat(end.range())
        .contains(new BaseEnd.Range(3, Lsn.parse("1/2000028"), Lsn.parse("1/2000100")));
  }

  @Test
  void whatWasCutHasNone() throws IOException {
    assertThat(read("x".repeat(70_000), 4096).range()).isEmpty();
    assertThat(read(MANIFEST.substring(0, 40), 4096).range()).isEmpty();
  }

  private static BaseEnd read(String text, int block) throws IOException {
    BaseEnd end = new BaseEnd(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    byte[] into = new byte[block];
    while (end.read(into, 0, block) >= 0) {
      // To its end.
    }
    return end;
  }
}
