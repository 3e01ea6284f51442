package dev.lockstep.definitions.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.clock.Blackouts.Span;
import dev.lockstep.definitions.model.Schedule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

final class BlackoutsTest {
  @Test
  void aWindowOverMidnightIsOfTwoDays() {
    Blackouts night =
        Blackouts.of(
            Drawn.cron("0 0 * * *", "UTC", Drawn.window("22:00", "06:00", DayOfWeek.SUNDAY)));

    assertThat(night.of(DayOfWeek.SUNDAY)).containsExactly(new Span(22 * 60, Blackouts.DAY - 1));
    assertThat(night.of(DayOfWeek.MONDAY)).containsExactly(new Span(0, 6 * 60 - 1));
    assertThat(night.of(DayOfWeek.TUESDAY)).isEmpty();
    assertThat(night.covers(LocalDateTime.parse("2026-11-29T21:59"))).isFalse();
    assertThat(night.covers(LocalDateTime.parse("2026-11-29T22:00"))).isTrue();
    assertThat(night.covers(LocalDateTime.parse("2026-11-30T05:59:59"))).isTrue();
    assertThat(night.covers(LocalDateTime.parse("2026-11-30T06:00"))).isFalse();
  }

  @Test
  void aWindowBeginsEarlierByTheJitter() {
    Schedule schedule =
        Drawn.of(
            new Schedule.Cron("0 0 * * *"),
            "UTC",
            Duration.ofSeconds(90),
            Drawn.window("00:01", "00:10", DayOfWeek.MONDAY));
    Blackouts blackouts = Blackouts.of(schedule);

    assertThat(blackouts.of(DayOfWeek.SUNDAY))
        .containsExactly(new Span(Blackouts.DAY - 1, Blackouts.DAY - 1));
    assertThat(blackouts.of(DayOfWeek.MONDAY)).containsExactly(new Span(0, 9));
  }

  @Test
  void wholeDaysAreWhole() {
    Blackouts all = Blackouts.of(Drawn.cron("0 0 * * *", "UTC", Drawn.window("00:00", "24:00")));
    Blackouts none = Blackouts.of(Drawn.cron("0 0 * * *", "UTC"));

    assertThat(all.isWhole()).isTrue();
    assertThat(none.isWhole()).isFalse();
    assertThat(none.isEmpty()).isTrue();
  }
}
