package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PartSizesTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final long TEBIBYTE = MEBIBYTE << 20;

  @Test
  void tenThousandReachTheLargestObject() {
    long all = IntStream.rangeClosed(1, 10_000).mapToLong(PartSizes::of).sum();
    assertThat(all).isBetween(5 * TEBIBYTE, 6 * TEBIBYTE);
  }

  @Test
  void eachIsOneThatTheServicesTakeAndAnArrayHolds() {
    IntStream.rangeClosed(1, 50_000)
        .forEach(n -> assertThat((long) PartSizes.of(n)).isBetween(5 * MEBIBYTE, 2000 * MEBIBYTE));
  }

  @Test
  void theyGrowAsTheTableSays() {
    assertThat(PartSizes.of(1)).isEqualTo(8 << 20);
    assertThat(PartSizes.of(1000)).isEqualTo(8 << 20);
    assertThat(PartSizes.of(1001)).isEqualTo(16 << 20);
    assertThat(PartSizes.of(7000)).isEqualTo(512 << 20);
    assertThat(PartSizes.of(7001)).isEqualTo(1536 << 20);
    long seventh = IntStream.rangeClosed(1, 7000).mapToLong(PartSizes::of).sum();
    assertThat(seventh >> 30).isEqualTo(992);
  }
}
