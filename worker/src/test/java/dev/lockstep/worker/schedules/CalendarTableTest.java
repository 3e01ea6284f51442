package dev.lockstep.worker.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.clock.Blackouts;
import dev.lockstep.definitions.clock.Cron;
import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.ScheduleRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CalendarTableTest {
  @Test
  void fieldsBecomeRanges() {
    List<ScheduleCalendarSpec> calendars = of("0,15-17 1-3,5 * jan,mar fri-7");

    assertThat(calendars).hasSize(1);
    ScheduleCalendarSpec calendar = calendars.get(0);
    assertThat(text(calendar.getSeconds())).isEqualTo("0");
    assertThat(text(calendar.getMinutes())).isEqualTo("0 15-17");
    assertThat(text(calendar.getHour())).isEqualTo("1-3 5");
    assertThat(text(calendar.getDayOfMonth())).isEqualTo("1-31");
    assertThat(text(calendar.getMonth())).isEqualTo("1 3");
    assertThat(text(calendar.getDayOfWeek())).isEqualTo("0 5-6");
  }

  @Test
  void eitherDayIsACalendarOfItsOwn() {
    List<ScheduleCalendarSpec> calendars = of("0 2 1 * mon");

    assertThat(calendars).extracting(it -> text(it.getDayOfMonth())).containsExactly("1", "1-31");
    assertThat(calendars).extracting(it -> text(it.getDayOfWeek())).containsExactly("0-6", "1");
  }

  @Test
  void aBlackoutIsCutAtItsHours() {
    List<ScheduleCalendarSpec> skipped =
        CalendarTable.of(Blackouts.of(Sketch.cron("30 2 * * *").blackout(22, 6).schedule()));

    assertThat(skipped)
        .extracting(
            it ->
                text(it.getHour())
                    + " h "
                    + text(it.getMinutes())
                    + " m "
                    + text(it.getSeconds())
                    + " s on "
                    + text(it.getDayOfWeek()))
        .containsExactly("0-5 h 0-59 m 0-59 s on 0-6", "22-23 h 0-59 m 0-59 s on 0-6");
  }

  @Test
  void theJitterBeforeItIsInIt() {
    List<ScheduleCalendarSpec> skipped =
        CalendarTable.of(
            Blackouts.of(
                Sketch.cron("30 2 * * *")
                    .jitter(Duration.ofMinutes(5))
                    .blackout(22, 23)
                    .schedule()));

    assertThat(skipped)
        .extracting(it -> text(it.getHour()) + " h " + text(it.getMinutes()))
        .containsExactly("21 h 55-59", "22 h 0-59");
  }

  private static List<ScheduleCalendarSpec> of(String cron) {
    return CalendarTable.of(Cron.read(cron, new ArrayList<>()));
  }

  private static String text(List<ScheduleRange> ranges) {
    return ranges.stream()
        .map(
            it ->
                it.getEnd() <= it.getStart()
                    ? "" + it.getStart()
                    : it.getStart() + "-" + it.getEnd())
        .collect(Collectors.joining(" "));
  }
}
