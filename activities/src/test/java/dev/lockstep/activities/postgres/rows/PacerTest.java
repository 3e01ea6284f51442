package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PacerTest {
  private final AtomicLong clock = new AtomicLong(77);
  private final Pacer pacer = new Pacer(Optional.of(new Rate(1000)), clock::get);

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
  void idleTimeIsNotSavedUp() {
    clock.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(pacer.charge(1000, Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void timeOfTheBatchItselfCountsAsWaited() {
    clock.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(pacer.charge(100, Duration.ofMillis(70))).isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void aBatchThatWasSlowerThanTheRateIsNotWaitedFor() {
    clock.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(pacer.charge(100, Duration.ofMillis(300))).isZero();
    clock.addAndGet(Duration.ofMillis(100).toNanos());
    assertThat(pacer.charge(100, Duration.ofMillis(100))).isZero();
  }

  @Test
  void aBatchIsTheFiftiethPartOfASecond() {
    assertThat(pacer.mostRows()).isEqualTo(20);
  }

  @Test
  void withoutARateNothingCosts() {
    Pacer free = new Pacer(Optional.empty(), clock::get);

    assertThat(free.charge(1_000_000, Duration.ZERO)).isZero();
    assertThat(free.mostRows()).isEqualTo(Long.MAX_VALUE);
  }
}
