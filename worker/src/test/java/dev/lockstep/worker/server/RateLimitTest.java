package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
  @Test
  void fillsUpAgainWithTime() {
    AtomicLong now = new AtomicLong();
    RateLimit limit = new RateLimit(2, now::get);

    assertThat(limit.take()).isTrue();
    assertThat(limit.take()).isTrue();
    assertThat(limit.take()).isFalse();
    now.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(limit.take()).isTrue();
    assertThat(limit.take()).isFalse();
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(limit.take()).isTrue();
    assertThat(limit.take()).isTrue();
    assertThat(limit.take()).isFalse();
  }
}
