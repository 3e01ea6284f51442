package dev.lockstep.activities.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SignalPaceTest {
  @Test
  void theFirstOneIsDue() {
    assertThat(new SignalPace(0).due(progress(), 1)).isTrue();
  }

  @Test
  void nextToNothingChangedWaitsASecond() {
    SignalPace pace = new SignalPace(0);
    pace.due(progress(), 0);

    assertThat(pace.due(progress(), at(Duration.ofMillis(999)))).isFalse();
    assertThat(pace.due(progress(), at(Duration.ofSeconds(1)))).isTrue();
  }

  @Test
  void otherReasonsForWaitingAreDueAtOnce() {
    SignalPace pace = new SignalPace(0);
    pace.due(progress(), 0);

    assertThat(pace.due(progress("replica behind"), 1)).isTrue();
    assertThat(pace.due(progress("replica behind"), 2)).isFalse();
    assertThat(pace.due(progress(), 3)).isTrue();
  }

  @Test
  void aLongStepSendsRarely() {
    SignalPace pace = new SignalPace(0);
    long sent = 0;
    for (int second = 0; second < 3600; second++) {
      if (pace.due(progress(), at(Duration.ofSeconds(second)))) {
        sent++;
      }
    }

    assertThat(sent).isBetween(100L, 600L);
  }

  private static long at(Duration duration) {
    return duration.toNanos();
  }

  private static Progress progress(String... reasons) {
    return new Progress("step", 1, 2, 3, Optional.empty(), List.of(reasons));
  }
}
