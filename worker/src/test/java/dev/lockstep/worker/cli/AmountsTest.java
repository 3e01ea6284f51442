package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AmountsTest {
  @Test
  void rowsHaveTheirWord() {
    assertThat(Amounts.rows(0)).isEqualTo("0 rows");
    assertThat(Amounts.rows(1)).isEqualTo("1 row");
    assertThat(Amounts.rows(1_200_000)).isEqualTo("1,200,000 rows");
    assertThat(Amounts.rows(-1)).isEqualTo("an unknown number of rows");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048576, 1.0 MiB",
    "1073741824, 1.0 GiB",
    "1099511627776, 1.0 TiB",
    "9223372036854775807, 8388608.0 TiB"
  })
  void bytesHaveTheirUnit(long bytes, String text) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0ms",
    "PT0.999S, 999ms",
    "PT1S, 1.0s",
    "PT59.94S, 59.9s",
    "PT1M, 1m00s",
    "PT59M59S, 59m59s",
    "PT1H, 1h00m",
    "PT49H5M, 49h05m"
  })
  void timesAreAsExactAsTheyAreLong(Duration duration, String text) {
    assertThat(Amounts.duration(duration)).isEqualTo(text);
  }
}
