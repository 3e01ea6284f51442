package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "10m, PT10M",
    "24h, PT24H",
    "7d, PT168H",
    "0s, PT0S",
    "PT1H30M, PT1H30M",
    "P2D, PT48H",
    "pt0.000001s, PT0.000001S"
  })
  void readsBothForms(String text, String iso) {
    assertThat(Durations.read(text)).contains(Duration.parse(iso));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "500",
        "1.5s",
        "-1s",
        "PT-1S",
        "1 s",
        "1w",
        "1h30m",
        "999999999999999999d",
        "9999999999999999999s",
        "P99999999999999999D"
      })
  void refusesAllElse(String text) {
    assertThat(Durations.read(text)).isEmpty();
  }

  @Property(tries = 300)
  void whatIsWrittenReadsBackEqual(@ForAll("durations") Duration duration) {
    assertThat(Durations.read(Durations.write(duration))).isEqualTo(Optional.of(duration));
  }

  @Property(tries = 300)
  void anEditorAcceptsWhatIsWritten(@ForAll("durations") Duration duration) {
    assertThat(Durations.write(duration)).matches(Durations.PATTERN);
  }

  @Provide
  Arbitrary<Duration> durations() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, Long.MAX_VALUE).map(Duration::ofSeconds),
        Arbitraries.longs().between(0, Long.MAX_VALUE).map(Duration::ofNanos),
        Arbitraries.longs().between(0, 10_000).map(Duration::ofHours),
        Arbitraries.longs().between(0, 100_000).map(Duration::ofMillis));
  }

  @Property(tries = 300)
  void neverThrows(@ForAll String text) {
    assertThat(Durations.read(text).filter(Duration::isNegative)).isEmpty();
  }

  @Property(tries = 200)
  void ratesReadBackEqual(@ForAll @LongRange(min = 1, max = 999_999_999_999L) long perSecond) {
    assertThat(Rates.read(perSecond + "/s"))
        .hasValueSatisfying(rate -> assertThat(rate.toString()).isEqualTo(perSecond + "/s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0/s", "5000", "5000/m", "-1/s", "1.5/s", "9999999999999999999/s"})
  void refusesWhatIsNoRate(String text) {
    assertThat(Rates.read(text)).isEmpty();
  }

  @Test
  void writesTheLargestWholeUnit() {
    assertThat(Durations.write(Duration.ofDays(2))).isEqualTo("2d");
    assertThat(Durations.write(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(Durations.write(Duration.ofMinutes(90))).isEqualTo("90m");
    assertThat(Durations.write(Duration.ZERO)).isEqualTo("0s");
  }
}
