package dev.lockstep.activities.postgres.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private final AtomicLong clock = new AtomicLong();
  private final FakeSignal fake = new FakeSignal(Optional.empty());

  private Health health(HealthSignal signal) {
    return new Health(List.of(signal), Limits.DEFAULT, clock::get);
  }

  @Test
  void aStaleLookIsAConcern() {
    try (RowsFixture fixture = new RowsFixture()) {
      Health health = health(fake);
      health.look(fixture.jdbi);
      assertThat(health.concerns()).isEmpty();

      clock.addAndGet(Duration.ofSeconds(16).toNanos());

      assertThat(health.concerns())
          .containsExactly("health of the database was last read 16 s ago");
    }
  }

  @Test
  void looksAtMostOnceASecond() {
    try (RowsFixture fixture = new RowsFixture()) {
      Health health = health(fake);
      health.look(fixture.jdbi);
      fake.set(Optional.of("slow"));

      health.look(fixture.jdbi);
      assertThat(health.concerns()).isEmpty();

      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      health.look(fixture.jdbi);
      assertThat(health.concerns()).containsExactly("slow");
    }
  }

  @Test
  void whatCannotBeReadIsAConcern() {
    try (RowsFixture fixture = new RowsFixture()) {
      Health health = health(new BrokenSignal());

      health.look(fixture.jdbi);

      assertThat(health.concerns()).containsExactly("replica lag cannot be read");
    }
  }

  @Test
  void noConnectionIsAConcern() {
    Health health = health(fake);

    health.look(Jdbi.create("jdbc:postgresql://127.0.0.1:1/none"));

    assertThat(health.concerns())
        .containsExactly("health of the database cannot be read: no connection");
  }

  private record BrokenSignal() implements HealthSignal {
    @Override
    public String name() {
      return "replica lag";
    }

    @Override
    public Optional<String> concern(Handle handle, Limits limits) {
      throw new IllegalStateException("no");
    }
  }
}
