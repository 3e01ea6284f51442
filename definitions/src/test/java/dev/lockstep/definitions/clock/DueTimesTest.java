package dev.lockstep.definitions.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Schedule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The times of the cases in {@link #isDueAsInTemporal} came out of the calendar of Temporal's
 * server 1.32.0 (service/worker/scheduler/calendar.go) for the same fields.
 */
final class DueTimesTest {
  @ParameterizedTest
  @CsvSource({
    "Europe/Paris, 30 2 * * *, 2026-03-28T00:00:00Z, 03-28T01:30 03-30T00:30 03-31T00:30",
    "Europe/Paris, 30 2 * * *, 2026-10-24T00:00:00Z, 10-24T00:30 10-25T01:30 10-26T01:30",
    "Europe/Paris, 0 3 * * *, 2026-03-28T00:00:00Z, 03-28T02:00 03-29T01:00 03-30T01:00",
    "Europe/Paris, 0 3 * * *, 2026-10-24T00:00:00Z, 10-24T01:00 10-25T02:00 10-26T02:00",
    "Europe/Paris, '0,30 * * * *', 2026-03-29T00:15:00Z, 03-29T00:30 03-29T01:00 03-29T01:30",
    "America/New_York, 30 2 * * *, 2026-03-07T12:00:00Z, 03-09T06:30 03-10T06:30",
    "America/New_York, 0 * * * *, 2026-11-01T04:30:00Z, 11-01T05:00 11-01T06:00 11-01T07:00",
    "America/New_York, 0 0 * * *, 2026-10-31T12:00:00Z, 11-01T04:00 11-02T05:00 11-03T05:00",
    "America/Sao_Paulo, 0 0 * * *, 2018-11-02T12:00:00Z, 11-03T03:00 11-05T02:00 11-06T02:00",
    "UTC, 0 12 29 2 *, 2026-01-01T00:00:00Z, 02-29T12:00 02-29T12:00 02-29T12:00",
    "UTC, 0 0 31 * *, 2026-01-31T00:00:00Z, 03-31T00:00 05-31T00:00 07-31T00:00 08-31T00:00",
    "UTC, 0 0 30 1-3 *, 2026-01-30T00:00:00Z, 03-30T00:00 01-30T00:00 03-30T00:00",
    "Asia/Kolkata, 15 9 * * 1-5, 2026-11-27T00:00:00Z, 11-27T03:45 11-30T03:45 12-01T03:45",
    "Europe/Paris, 59 23 31 12 *, 2026-12-31T22:59:00Z, 12-31T22:59 12-31T22:59",
  })
  void isDueAsInTemporal(String zone, String cron, String after, String wanted) {
    List<String> due = new ArrayList<>();
    for (Instant time : times(Drawn.cron(cron, zone), after, wanted.split(" ").length)) {
      due.add(time.toString().substring(5, 16));
    }

    assertThat(String.join(" ", due)).isEqualTo(wanted);
  }

  /** There Temporal is due at 01:30 and again at 02:30, half of an hour that comes twice. */
  @Test
  void aTimeBeforeTheHourThatComesTwiceIsDueOnce() {
    assertThat(times(Drawn.cron("30 1 * * *", "Europe/Paris"), "2026-10-24T00:00:00Z", 2))
        .containsExactly(at("2026-10-24T23:30:00Z"), at("2026-10-26T00:30:00Z"));
  }

  /** There Temporal is due both times. */
  @Test
  void aTimeOfDayThatComesTwiceIsDueTheSecondTime() {
    assertThat(times(Drawn.cron("30 1 * * *", "America/New_York"), "2026-10-31T12:00:00Z", 2))
        .containsExactly(at("2026-11-01T06:30:00Z"), at("2026-11-02T06:30:00Z"));
  }

  /** There Temporal leaves out an hour and a half. */
  @Test
  void whatIsMeantByTheHourIsDueInBothHours() {
    assertThat(times(Drawn.cron("0,30 * * * *", "Europe/Paris"), "2026-10-24T23:45:00Z", 5))
        .containsExactly(
            at("2026-10-25T00:00:00Z"),
            at("2026-10-25T00:30:00Z"),
            at("2026-10-25T01:00:00Z"),
            at("2026-10-25T01:30:00Z"),
            at("2026-10-25T02:00:00Z"));
  }

  @Test
  void anIntervalIsCountedFromTheEpoch() {
    assertThat(times(Drawn.every(Duration.ofHours(7), "UTC"), "1970-01-01T06:59:59Z", 2))
        .containsExactly(at("1970-01-01T07:00:00Z"), at("1970-01-01T14:00:00Z"));
    assertThat(times(Drawn.every(Duration.ofHours(6), "Europe/Paris"), "2026-10-25T00:00:00Z", 2))
        .containsExactly(at("2026-10-25T06:00:00Z"), at("2026-10-25T12:00:00Z"));
  }

  @Test
  void nothingIsDueInABlackout() {
    Schedule.Blackout night = Drawn.window("23:30", "01:00", DayOfWeek.SUNDAY);
    // 2026-11-29 is a Sunday.
    assertThat(
            times(
                Drawn.every(Duration.ofMinutes(30), "Europe/Paris", night),
                "2026-11-29T22:00:00Z",
                2))
        .containsExactly(at("2026-11-30T00:00:00Z"), at("2026-11-30T00:30:00Z"));
    assertThat(times(Drawn.cron("45 23 * * *", "Europe/Paris", night), "2026-11-28T12:00:00Z", 2))
        .containsExactly(at("2026-11-28T22:45:00Z"), at("2026-11-30T22:45:00Z"));
  }

  @Test
  void eitherDayWillDoWhereBothAreRestricted() {
    assertThat(times(Drawn.cron("0 0 13 * fri", "UTC"), "2026-11-10T00:00:00Z", 4))
        .containsExactly(
            at("2026-11-13T00:00:00Z"),
            at("2026-11-20T00:00:00Z"),
            at("2026-11-27T00:00:00Z"),
            at("2026-12-04T00:00:00Z"));
    assertThat(times(Drawn.cron("0 0 */2 * mon", "UTC"), "2026-11-10T00:00:00Z", 2))
        .containsExactly(at("2026-11-23T00:00:00Z"), at("2026-12-07T00:00:00Z"));
  }

  private static List<Instant> times(Schedule schedule, String after, int count) {
    DueTimes due = DueTimes.of(schedule);
    List<Instant> found = new ArrayList<>();
    Instant last = at(after);
    while (found.size() < count) {
      last = due.after(last).orElseThrow();
      found.add(last);
    }
    return found;
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
