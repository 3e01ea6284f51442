package dev.lockstep.worker.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Schedule.Overlap;
import dev.lockstep.worker.schedules.ClockRules.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClockRulesTest {
  private static final Sketch TEN = Sketch.every(Duration.ofMinutes(10));
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  @Test
  void nothingStartsBeforeItsTime() {
    Decision decision = at(TEN, NOON.plusSeconds(599), seen(NOON));

    assertThat(decision.starts()).isEmpty();
    assertThat(decision.kept()).isEqualTo(seen(NOON));
  }

  @Test
  void aRunStartsAtItsTimeAndOnce() {
    Decision first = at(TEN, NOON.plusSeconds(600), seen(NOON));
    assertThat(first.starts()).containsExactly(NOON.plusSeconds(600));
    assertThat(first.kept().running()).containsExactly(NOON.plusSeconds(600));

    assertThat(at(TEN, NOON.plusSeconds(601), first.kept()).starts()).isEmpty();
  }

  @Test
  void whatIsOlderThanCatchUpIsMissed() {
    Decision decision =
        at(TEN.overlap(Overlap.BUFFER_ONE), NOON.plus(Duration.ofHours(2)), seen(NOON));

    // 12:10 to 12:50 are too old; 13:00 starts, 13:10 waits.
    assertThat(decision.kept().missed()).isEqualTo(5);
    assertThat(decision.starts()).containsExactly(NOON.plus(Duration.ofHours(1)));
    assertThat(decision.kept().waiting()).containsExactly(NOON.plus(Duration.ofMinutes(70)));
    assertThat(decision.kept().skipped()).isEqualTo(5);
  }

  @Test
  void skipLeavesOutWhatFindsARun() {
    Decision decision = at(TEN, NOON.plusSeconds(1200), busy());

    assertThat(decision.starts()).isEmpty();
    assertThat(decision.kept().skipped()).isEqualTo(1);
    assertThat(decision.kept().waiting()).isEmpty();
  }

  @Test
  void bufferOneLetsOneWait() {
    Sketch sketch = TEN.overlap(Overlap.BUFFER_ONE);
    Decision one = at(sketch, NOON.plusSeconds(1200), busy());
    assertThat(one.kept().waiting()).containsExactly(NOON.plusSeconds(1200));
    Decision two = at(sketch, NOON.plusSeconds(1800), one.kept());
    assertThat(two.kept().waiting()).containsExactly(NOON.plusSeconds(1200));
    assertThat(two.kept().skipped()).isEqualTo(1);

    Instant ended = NOON.plus(Duration.ofHours(5)).plusSeconds(30);
    KeptSchedule free =
        two.kept().ended(new KeptSchedule.Past(NOON.plusSeconds(600), ended, "succeeded"));
    assertThat(at(sketch, NOON.plusSeconds(1801), free).starts())
        .containsExactly(NOON.plusSeconds(1200));
  }

  @Test
  void cancelOtherCancelsAndStartsTheNewestAfterwards() {
    Sketch sketch = TEN.overlap(Overlap.CANCEL_OTHER);
    Decision decision = at(sketch, NOON.plusSeconds(1800), busy());
    assertThat(decision.cancel()).isTrue();
    assertThat(decision.starts()).isEmpty();
    assertThat(decision.kept().waiting()).containsExactly(NOON.plusSeconds(1800));

    KeptSchedule free =
        decision.kept().ended(new KeptSchedule.Past(NOON.plusSeconds(600), NOON, "cancelled"));
    Decision next = at(sketch, NOON.plusSeconds(1801), free);
    assertThat(next.starts()).containsExactly(NOON.plusSeconds(1800));
    assertThat(next.cancel()).isFalse();
  }

  @Test
  void allowAllStartsBesideOthers() {
    Decision decision = at(TEN.overlap(Overlap.ALLOW_ALL), NOON.plusSeconds(1800), busy());

    assertThat(decision.starts()).containsExactly(NOON.plusSeconds(1200), NOON.plusSeconds(1800));
    assertThat(decision.kept().running()).hasSize(3);
  }

  @Test
  void whilePausedTimesPassInSilence() {
    Instant later = NOON.plus(Duration.ofDays(3));
    Decision decision = at(TEN.paused("month end"), later, seen(NOON));

    assertThat(decision.starts()).isEmpty();
    assertThat(decision.kept()).isEqualTo(seen(later));
  }

  @Test
  void whatWaitsDoesNotStartInABlackout() {
    Sketch sketch = TEN.blackout(13, 14);
    KeptSchedule kept = seen(NOON.plus(Duration.ofMinutes(40)));

    Decision inside = at(sketch, NOON.plus(Duration.ofMinutes(65)), kept);
    assertThat(inside.starts()).isEmpty();
    assertThat(inside.kept().waiting()).containsExactly(NOON.plus(Duration.ofMinutes(50)));
    Decision late = at(sketch, NOON.plus(Duration.ofMinutes(111)), inside.kept());
    assertThat(late.kept().waiting()).isEmpty();
    assertThat(late.kept().missed()).isEqualTo(1);
    Decision after = at(sketch, NOON.plus(Duration.ofHours(2)), late.kept());
    assertThat(after.starts()).containsExactly(NOON.plus(Duration.ofHours(2)));
  }

  @Test
  void theJitterIsTheSameEachTimeAndBeforeTheNextTime() {
    Sketch sketch = TEN.jitter(Duration.ofHours(1));
    ClockRules rules = new ClockRules(sketch.schedule());
    for (int n = 0; n < 50; n++) {
      Instant time = NOON.plus(Duration.ofMinutes(10L * n));
      assertThat(rules.start(time))
          .isEqualTo(new ClockRules(sketch.schedule()).start(time))
          .isBetween(time, time.plus(Duration.ofMinutes(10)));
    }
    assertThat(rules.start(NOON)).isNotEqualTo(NOON);
    assertThat(at(sketch, rules.start(NOON).minusMillis(1), seen(NOON.minusSeconds(1))).starts())
        .doesNotContain(NOON);
  }

  @Test
  void unfinishedRunsOfAProcessThatDiedWaitAgain() {
    KeptSchedule restarted = busy().afterRestart("d", NOON.plusSeconds(700));

    assertThat(at(TEN, NOON.plusSeconds(700), restarted).starts())
        .containsExactly(NOON.plusSeconds(600));
  }

  @Test
  void aChangedDefinitionBeginsAnew() {
    KeptSchedule restarted = busy().afterRestart("other", NOON.plus(Duration.ofHours(1)));

    assertThat(restarted).isEqualTo(KeptSchedule.fresh("other", NOON.plus(Duration.ofHours(1))));
  }

  private static Decision at(Sketch sketch, Instant now, KeptSchedule kept) {
    return new ClockRules(sketch.schedule()).at(now, kept);
  }

  private static KeptSchedule seen(Instant handled) {
    return KeptSchedule.fresh("d", handled);
  }

  /** The run of 12:10 is under way. */
  private static KeptSchedule busy() {
    Instant due = NOON.plusSeconds(600);
    return new KeptSchedule("d", due, List.of(), List.of(due), 0, 0, List.of());
  }
}
