package dev.lockstep.activities.postgres.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

final class ByDefaultTest {
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger looks = new AtomicInteger();
  private final SignalFixture fixture = new SignalFixture();

  private HealthSignal byDefault(Supplier<Optional<String>> words) {
    return new ByDefault(
        new HealthSignal() {
          @Override
          public String name() {
            return "something";
          }

          @Override
          public Optional<String> concern(Handle handle) {
            looks.incrementAndGet();
            return words.get();
          }
        },
        clock::get);
  }

  @Test
  void aConcernThatLastsHoldsForTenMinutesOnEnd() {
    try (fixture) {
      AtomicInteger well = new AtomicInteger();
      HealthSignal signal =
          byDefault(() -> well.get() == 0 ? Optional.of("slow") : Optional.empty());

      assertThat(fixture.concern(signal)).contains("slow");
      clock.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
      assertThat(fixture.concern(signal)).contains("slow");
      clock.incrementAndGet();
      assertThat(fixture.concern(signal)).isEmpty();
      clock.addAndGet(Duration.ofHours(1).toNanos());
      assertThat(fixture.concern(signal)).isEmpty();

      well.set(1);
      assertThat(fixture.concern(signal)).isEmpty();
      well.set(0);
      assertThat(fixture.concern(signal)).contains("slow");
    }
  }

  @Test
  void whatCannotBeReadHoldsAsAConcernDoes() {
    try (fixture) {
      HealthSignal signal =
          byDefault(
              () -> {
                throw UnreadableException.failed("something cannot be read");
              });

      assertThat(fixture.concern(signal)).contains("something cannot be read");
      clock.addAndGet(Duration.ofMinutes(11).toNanos());
      assertThat(fixture.concern(signal)).isEmpty();
    }
  }

  @Test
  void aDatabaseThatCannotBeReachedHoldsAsAConcernDoes() {
    try (fixture) {
      HealthSignal signal = byDefault(Optional::empty);

      assertThat(signal.unreachable("no connection")).contains("no connection");
      clock.addAndGet(Duration.ofMinutes(10).toNanos());
      assertThat(signal.unreachable("no connection")).isEmpty();
      assertThat(fixture.concern(signal)).isEmpty();
    }
  }

  @Test
  void whatTheRoleMayNotReadIsLeftOutForGood() {
    try (fixture) {
      HealthSignal signal =
          byDefault(
              () -> {
                throw UnreadableException.hidden("something");
              });

      assertThat(fixture.concern(signal)).isEmpty();
      assertThat(fixture.concern(signal)).isEmpty();
      assertThat(looks).hasValue(1);
    }
  }
}
