package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerifiedTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private static Verified verified(Duration took, int repetitions) {
    return new Verified(NOON, took, 1000, repetitions, true);
  }

  @ParameterizedTest
  @CsvSource({
    "PT1S, 0, PT1M",
    "PT1S, 1, PT2M",
    "PT1S, 5, PT32M",
    "PT1S, 6, PT1H",
    "PT1S, 1000000, PT1H",
    "PT10M, 0, PT90M",
    "PT10M, 9, PT90M",
    "PT20S, 0, PT3M",
    "PT20S, 4, PT16M"
  })
  void breaksDoubleToAnHourAndAreAtLeastNineTimesTheWork(
      Duration took, int repetitions, Duration wanted) {
    assertThat(verified(took, repetitions).breakAfter()).isEqualTo(wanted);
    assertThat(verified(took, repetitions).due()).isEqualTo(NOON.plus(wanted));
  }

  @Test
  void contractMayBeginWithinAMinuteOrTenTimesTheWork() {
    Verified quick = verified(Duration.ofSeconds(1), 3);
    assertThat(quick.counts(NOON.plusSeconds(60))).isTrue();
    assertThat(quick.counts(NOON.plusSeconds(61))).isFalse();

    Verified slow = verified(Duration.ofMinutes(10), 3);
    assertThat(slow.counts(NOON.plus(Duration.ofMinutes(100)))).isTrue();
    assertThat(slow.counts(NOON.plus(Duration.ofMinutes(101)))).isFalse();
  }

  @Test
  void oneThatIsDueNeedNotComeToItsEndWhereItTakesAsLongAsTheLast() {
    Verified slow = verified(Duration.ofHours(2), 0);
    assertThat(slow.counts(slow.due().plus(slow.took()))).isTrue();
  }

  @Test
  void wrongRowsAreDueAtOnceAndNeverCount() {
    Verified wrong = new Verified(NOON, Duration.ofHours(1), 0, 1, false);
    assertThat(wrong.due()).isEqualTo(NOON);
    assertThat(wrong.counts(NOON)).isFalse();
  }
}
