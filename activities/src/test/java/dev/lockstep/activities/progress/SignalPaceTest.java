package dev.lockstep.activities.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SignalPaceTest {
  /** Odd, so that what comes and goes with every second is seen in both states. */
  private static final long LOOK_SECONDS = 7;

  @Test
  void theFirstOneIsDue() {
    assertThat(new SignalPace(0, true).due(progress(), 1)).isTrue();
  }

  @Test
  void aLaterAttemptLeavesTheWordOfTheOneBeforeForTwoSeconds() {
    SignalPace pace = new SignalPace(0, false);

    assertThat(pace.due(progress(), at(Duration.ofMillis(300)))).isFalse();
    assertThat(pace.due(progress("replica behind"), at(Duration.ofMillis(1900)))).isFalse();
    assertThat(pace.due(progress(), at(Duration.ofSeconds(2)))).isTrue();
    assertThat(pace.due(progress("replica behind"), at(Duration.ofMillis(2800)))).isTrue();
  }

  @Test
  void nextToNothingChangedWaitsTwoSeconds() {
    SignalPace pace = new SignalPace(0, true);
    pace.due(progress(), 0);

    assertThat(pace.due(progress(), at(Duration.ofMillis(1999)))).isFalse();
    assertThat(pace.due(progress(), at(Duration.ofSeconds(2)))).isTrue();
  }

  @Test
  void afterFifteenSecondsItWaitsFive() {
    SignalPace pace = new SignalPace(0, true);
    pace.due(progress(), at(Duration.ofSeconds(15)));

    assertThat(pace.due(progress(), at(Duration.ofMillis(19_900)))).isFalse();
    assertThat(pace.due(progress(), at(Duration.ofSeconds(20)))).isTrue();
  }

  @Test
  void otherReasonsForWaitingAreDueAtOnce() {
    SignalPace pace = new SignalPace(0, true);
    pace.due(progress(), 0);

    assertThat(pace.due(progress("replica behind"), at(Duration.ofMillis(500)))).isTrue();
    assertThat(pace.due(progress("replica behind"), at(Duration.ofMillis(900)))).isFalse();
    assertThat(pace.due(progress(), at(Duration.ofSeconds(1)))).isTrue();
  }

  @Test
  void aReasonWhoseNumbersAloneChangeIsNoOtherReason() {
    SignalPace pace = new SignalPace(0, true);
    pace.due(progress("replica a is 700 ms behind"), 0);

    assertThat(pace.due(progress("replica a is 900 ms behind"), at(Duration.ofMillis(500))))
        .isFalse();
  }

  @Test
  void aWaitOfAMonthWhoseReasonTellsItsAgeStaysFarBelowWhatAServiceTakes() {
    assertThat(sentInAMonth(second -> progress("pid 7 connected for " + second + " s")))
        .isBetween(100L, 2_000L);
  }

  @Test
  void aMonthOfReasonsThatComeAndGoStaysBelowWhatAServiceTakes() {
    assertThat(sentInAMonth(second -> second % 2 == 0 ? progress() : progress("a lock")))
        .isBetween(100L, 5_000L);
  }

  private static long sentInAMonth(LongFunction<Progress> reports) {
    SignalPace pace = new SignalPace(0, true);
    return LongStream.range(0, Duration.ofDays(30).toSeconds() / LOOK_SECONDS)
        .map(look -> look * LOOK_SECONDS)
        .filter(second -> pace.due(reports.apply(second), at(Duration.ofSeconds(second))))
        .count();
  }

  @Test
  void aLongStepSendsRarely() {
    SignalPace pace = new SignalPace(0, true);
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
