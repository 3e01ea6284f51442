package dev.lockstep.activities.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UsualTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void whereNothingWasRolledBackNothingIsExplained() {
    assertThat(new Usual(0, MINUTE).most(Duration.ofHours(1))).isZero();
  }

  @Test
  void asManyAsBeforeAndTheSpreadOfChanceAreExplained() {
    Usual usual = new Usual(100, MINUTE);

    assertThat(usual.expected(Duration.ofSeconds(30))).isEqualTo(50);
    // 100 + 3 sqrt(200), and 50 + 3 sqrt(75).
    assertThat(usual.most(MINUTE)).isEqualTo(142);
    assertThat(usual.most(Duration.ofSeconds(30))).isEqualTo(75);
  }

  @Test
  void aShortCountExplainsMore() {
    assertThat(new Usual(10, Duration.ofSeconds(6)).most(MINUTE))
        .isGreaterThan(new Usual(100, MINUTE).most(MINUTE));
  }

  @Test
  void peopleReadHowManyCameAndHowManyMight() {
    assertThat(new Usual(3, MINUTE).sentence(14, Duration.ofSeconds(20), 9))
        .isEqualTo("14 transactions were rolled back within 20.0 s, usual are 1.0, allowed 9");
  }

  @Test
  void aCounterThatBeganAgainCountsFromThere() {
    assertThat(RollbackCount.since(1000, 1007)).isEqualTo(7);
    assertThat(RollbackCount.since(1000, 4)).isEqualTo(4);
  }
}
