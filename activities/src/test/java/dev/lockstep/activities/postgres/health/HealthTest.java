package dev.lockstep.activities.postgres.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private final AtomicLong clock = new AtomicLong();
  private final Deque<Optional<String>> says = new ArrayDeque<>(List.of(Optional.empty()));

  private Health health(Supplier<Optional<String>> signal) {
    return new Health(List.of(new Saying(signal)), clock::get);
  }

  private Optional<String> next() {
    return says.size() > 1 ? says.removeFirst() : says.getFirst();
  }

  @Test
  void nothingBeginsBeforeTheFirstLook() {
    assertThat(health(this::next).concerns())
        .containsExactly("health of the database is being looked at");
    assertThat(new Health(List.of(), clock::get).concerns()).isEmpty();
  }

  @Test
  void aLookKeepsWhatWasMeasuredAndTheNextOneForgetsIt() {
    try (SignalFixture fixture = new SignalFixture()) {
      Saying signal = new Saying(this::next);
      Health health = new Health(List.of(signal, new ByDefault(signal, clock::get)), clock::get);
      assertThat(health.readings()).isEmpty();
      signal.readings = Map.of("commit latency", 7L);

      health.look(fixture.jdbi);
      assertThat(health.readings()).containsExactly(Map.entry("commit latency", 7L));

      clock.addAndGet(Duration.ofSeconds(16).toNanos());
      assertThat(health.readings()).as("stale").isEmpty();
      health.look(fixture.jdbi);
      assertThat(health.readings()).isNotEmpty();

      signal.readings = Map.of();
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      health.look(fixture.jdbi);
      assertThat(health.readings()).isEmpty();
    }
  }

  @Test
  void aStaleLookIsAConcern() {
    try (SignalFixture fixture = new SignalFixture()) {
      Health health = health(this::next);
      health.look(fixture.jdbi);
      assertThat(health.concerns()).isEmpty();

      clock.addAndGet(Duration.ofSeconds(16).toNanos());

      assertThat(health.concerns())
          .containsExactly("health of the database was last read 16 s ago");
    }
  }

  @Test
  void looksAtMostOnceASecond() {
    try (SignalFixture fixture = new SignalFixture()) {
      Health health = health(this::next);
      says.addLast(Optional.of("slow"));
      health.look(fixture.jdbi);

      health.look(fixture.jdbi);
      assertThat(health.concerns()).isEmpty();

      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      health.look(fixture.jdbi);
      assertThat(health.concerns()).containsExactly("slow");
    }
  }

  @Test
  void whatCannotBeReadIsAConcernAndNoSecretIsTold() {
    try (SignalFixture fixture = new SignalFixture()) {
      Health health =
          health(
              () -> {
                throw new IllegalStateException("hunter2");
              });

      health.look(fixture.jdbi);

      assertThat(health.concerns()).containsExactly("something cannot be read");
    }
  }

  @Test
  void noConnectionIsAConcern() {
    Health health = health(this::next);

    health.look(Jdbi.create("jdbc:postgresql://127.0.0.1:1/none"));

    assertThat(health.concerns())
        .containsExactly("health of the database cannot be read: no connection");
  }

  private static final class Saying implements HealthSignal {
    private final Supplier<Optional<String>> words;
    private Map<String, Long> readings = Map.of();

    Saying(Supplier<Optional<String>> words) {
      this.words = words;
    }

    @Override
    public String name() {
      return "something";
    }

    @Override
    public Optional<String> concern(Handle handle) {
      return words.get();
    }

    @Override
    public Map<String, Long> readings() {
      return readings;
    }
  }
}
