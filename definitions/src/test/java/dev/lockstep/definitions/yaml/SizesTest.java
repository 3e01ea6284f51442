package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.ByteCount;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "1B, 1, 1B",
    "64KiB, 65536, 64KiB",
    "1024MiB, 1073741824, 1GiB",
    "1536MiB, 1610612736, 1536MiB",
    "8388607TiB, 9223370937343148032, 8388607TiB"
  })
  void sizesAreReadAndWrittenInTheLargestWholeUnit(String text, long bytes, String written) {
    assertThat(Sizes.read(text)).contains(new ByteCount(bytes));
    assertThat(new ByteCount(bytes)).hasToString(written);
    assertThat(Sizes.readRate(written + "/s").orElseThrow()).hasToString(written + "/s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "KiB", "0B", "-1KiB", "1kb", "1.5GiB", "1 GiB", "1GiB/s", "8388608TiB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThat(Sizes.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/s", "1GiB", "1GiB/m", "0KiB/s", "5/s"})
  void whatIsNoRateIsRefused(String text) {
    assertThat(Sizes.readRate(text)).isEmpty();
  }
}
