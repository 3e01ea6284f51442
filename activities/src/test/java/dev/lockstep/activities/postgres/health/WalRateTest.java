package dev.lockstep.activities.postgres.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WalRateTest {
  private static final double MEBI = 1 << 20;

  private final AtomicLong clock = new AtomicLong();
  private final WalRate signal = new WalRate(new ByteRate(ByteCount.ofMebibytes(50)), clock::get);
  private double stands;

  private Optional<String> afterSeconds(int seconds, double mebibytes) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    stands += mebibytes * MEBI;
    return signal.stands(stands);
  }

  @Test
  void theFirstLookKnowsNoRate() {
    assertThat(afterSeconds(1, 9000)).isEmpty();
  }

  @Test
  void aRateWithinTheLimitIsNoConcern() {
    afterSeconds(0, 1);
    assertThat(afterSeconds(1, 50)).isEmpty();
    assertThat(afterSeconds(2, 100)).isEmpty();
  }

  @Test
  void whatWasTooMuchIsMadeUpFor() {
    afterSeconds(0, 1);
    assertThat(afterSeconds(1, 170)).contains("WAL grows by 170.0 MiB/s, limit 50MiB/s");
    assertThat(afterSeconds(1, 0))
        .contains("WAL grew by 70.0 MiB more than the limit of 50MiB/s, made up for in 2 s");
    assertThat(afterSeconds(1, 0))
        .contains("WAL grew by 20.0 MiB more than the limit of 50MiB/s, made up for in 1 s");
    assertThat(afterSeconds(1, 0)).isEmpty();
  }

  @Test
  void aLongBurstOfOthersHoldsForTenSecondsAfterItsEnd() {
    afterSeconds(0, 1);
    afterSeconds(60, 100_000);
    assertThat(afterSeconds(9, 0)).isPresent();
    assertThat(afterSeconds(1, 0)).isEmpty();
  }

  @Test
  void aLogThatBeginsAnewIsNoConcern() {
    afterSeconds(0, 1000);
    assertThat(afterSeconds(1, -900)).isEmpty();
    assertThat(afterSeconds(1, 10)).isEmpty();
  }
}
