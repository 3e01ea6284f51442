package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PacerTest {
  private final AtomicLong clock = new AtomicLong(77);
  private final Pacer pacer = pacer(1000);

  @Test
  void rowsCostTheirShareOfASecond() {
    assertThat(pacer.charge(250, Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void allWorkersPayIntoOnePurse() {
    pacer.charge(250, Duration.ZERO);

    assertThat(pacer.charge(500, Duration.ZERO)).isEqualTo(Duration.ofMillis(750));
  }

  @Test
  void timeOfWorkCountsAsPaid() {
    pacer.charge(500, Duration.ZERO);
    clock.addAndGet(Duration.ofMillis(400).toNanos());

    assertThat(pacer.charge(100, Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void ofIdleTimeOnlyAMomentIsSavedUp() {
    clock.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(pacer.charge(1000, Duration.ZERO)).isEqualTo(Duration.ofMillis(975));
  }

  @Test
  void timeOfTheBatchItselfCountsAsWaited() {
    clock.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(pacer.charge(100, Duration.ofMillis(70))).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void aBatchThatWasSlowerThanTheRateIsNotWaitedFor() {
    clock.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(pacer.charge(100, Duration.ofMillis(300))).isZero();
    clock.addAndGet(Duration.ofMillis(100).toNanos());
    assertThat(pacer.charge(100, Duration.ofMillis(100))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1000, 20", "20000, 400", "50000, 400", "100000, 400", "500000, 2000"})
  void aBatchIsFewRowsButNotMoreThanTwoHundredAndFiftyComeInASecond(long rate, long rows) {
    assertThat(pacer(rate).mostRows()).isEqualTo(rows);
  }

  @Test
  void batchesGrowWhileTheRateIsNotReachedAndShrinkWhenItIs() {
    Pacer slow = pacer(100_000);
    for (int batch = 0; batch < 100; batch++) {
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      slow.charge(400, Duration.ofMillis(500));
    }
    assertThat(slow.mostRows()).isEqualTo(20_000);

    for (int batch = 0; batch < 300; batch++) {
      slow.charge(20_000, Duration.ZERO);
    }
    assertThat(slow.mostRows()).isEqualTo(400);
  }

  private Pacer pacer(long perSecond) {
    return new Pacer(Optional.of(new Rate(perSecond)), clock::get);
  }

  @Test
  void withoutARateNothingCosts() {
    Pacer free = new Pacer(Optional.empty(), clock::get);

    assertThat(free.charge(1_000_000, Duration.ZERO)).isZero();
    assertThat(free.mostRows()).isEqualTo(Long.MAX_VALUE);
  }
}
