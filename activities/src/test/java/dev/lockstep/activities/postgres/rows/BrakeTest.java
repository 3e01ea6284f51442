package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.postgres.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BrakeTest {
  private static final String WHY = "limit of 100/s rows";

  private final AtomicLong clock = new AtomicLong(-5);
  private final Brake brake = new Brake(new Health(List.of(), clock::get), clock::get);

  @Test
  void whatCostsNothingIsNoReason() {
    assertThat(brake.release(Duration.ZERO, WHY)).isTrue();

    assertThat(brake.waitingFor()).isEmpty();
  }

  @Test
  void aReasonIsToldForTwoSecondsAlsoWhereTheNextBatchDoesNotWait() {
    brake.release(Duration.ofMillis(1), WHY);
    brake.release(Duration.ZERO, WHY);

    pass(Duration.ofMillis(1999));
    assertThat(brake.waitingFor()).containsExactly(WHY);
    pass(Duration.ofMillis(3));
    assertThat(brake.waitingFor()).isEmpty();
  }

  @Test
  void aLongWaitIsToldOfToItsEnd() {
    brake.stop();
    assertThat(brake.release(Duration.ofMinutes(1), WHY)).isFalse();

    pass(Duration.ofSeconds(59));

    assertThat(brake.waitingFor()).containsExactly(WHY);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
