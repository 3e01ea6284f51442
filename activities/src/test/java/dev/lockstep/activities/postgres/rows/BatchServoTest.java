package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class BatchServoTest {
  private static final Duration TARGET = Duration.ofMillis(50);

  private static BatchServo servo() {
    return new BatchServo(TARGET);
  }

  @Test
  void beginsSmallAndGrowsByHalfAtMost() {
    BatchServo servo = servo();
    assertThat(servo.size()).isEqualTo(250);

    servo.took(Duration.ofMillis(1), 250);

    assertThat(servo.size()).isEqualTo(375);
  }

  @Test
  void shrinksInProportion() {
    BatchServo servo = servo();

    servo.took(TARGET.multipliedBy(2), 250);

    assertThat(servo.size()).isEqualTo(125);
  }

  @Test
  void shrinksToATenthWhereABatchTookFiveTimesAsLong() {
    BatchServo servo = servo();

    servo.took(TARGET.multipliedBy(6), 250);

    assertThat(servo.size()).isEqualTo(25);
  }

  @Test
  void aShortLastBatchIsNoReasonToGrow() {
    BatchServo servo = servo();

    servo.took(Duration.ofMillis(1), 3);

    assertThat(servo.size()).isEqualTo(250);
  }

  @Test
  void shrinksFromTheRowsThatWereAskedForWhereSomethingElseKeptThemFewer() {
    BatchServo servo = servo();

    servo.took(TARGET.multipliedBy(2), servo.size(100));

    assertThat(servo.size()).isEqualTo(50);
  }

  @Property
  void staysWithinItsBounds(@ForAll List<@LongRange(min = 0, max = 10_000) Long> millis) {
    BatchServo servo = servo();
    for (long time : millis) {
      servo.took(Duration.ofMillis(time), servo.size(2000));
      assertThat(servo.size()).isBetween(BatchServo.LEAST, BatchServo.MOST);
      assertThat(servo.size(2000)).isBetween(BatchServo.LEAST, 2000L);
    }
  }

  @Property
  void settlesWhereABatchTakesItsTime(
      @ForAll @LongRange(min = 2_000, max = 4_000_000) long nanosARow) {
    BatchServo servo = servo();
    for (int batch = 0; batch < 40; batch++) {
      servo.took(Duration.ofNanos(nanosARow * servo.size()), servo.size());
    }

    long ideal = TARGET.toNanos() / nanosARow;
    long reachable = Math.max(BatchServo.LEAST, Math.min(BatchServo.MOST, ideal));
    assertThat(servo.size()).isBetween(reachable / 2, reachable + 2);
  }
}
