package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StrideTest {
  private final Stride stride = new Stride();

  @Test
  void nothingIsGuessedBeforeABatchWasCounted() {
    assertThat(stride.guess(interval("10", "1000"), 5)).isEmpty();
  }

  @Test
  void denseNumbersAreGuessedForAWhile() {
    stride.counted(interval("0", "1000"), Key.of("10"), 5);

    assertThat(stride.guess(interval("10", "1000"), 5)).contains(Key.of("15"));
    for (int i = 1; i < 16; i++) {
      assertThat(stride.guess(interval("15", "1000"), 5)).isPresent();
    }
    assertThat(stride.guess(interval("15", "1000"), 5)).isEmpty();
  }

  @Test
  void numbersWithHolesAreCounted() {
    stride.counted(interval("0", "1000"), Key.of("11"), 5);

    assertThat(stride.guess(interval("11", "1000"), 5)).isEmpty();
  }

  @Test
  void aGuessEndsWithTheRangeAlsoAtTheLargestNumbers() {
    String last = String.valueOf(Long.MAX_VALUE);
    stride.counted(interval("-9", last), Key.of("-5"), 5);

    assertThat(stride.guess(interval("9223372036854775800", last), 50)).contains(Key.of(last));
  }

  @Test
  void theFirstBatchOfATableIsCounted() {
    stride.counted(interval("0", "1000"), Key.of("5"), 5);

    assertThat(stride.guess(new Interval(Optional.empty(), Optional.of(Key.of("9"))), 5)).isEmpty();
  }

  private static Interval interval(String after, String upTo) {
    return new Interval(Optional.of(Key.of(after)), Optional.of(Key.of(upTo)));
  }
}
