package dev.lockstep.definitions.clock;

import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.Subject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Schedules for tests. */
final class Drawn {
  private Drawn() {}

  static Schedule cron(String expression, String zone, Schedule.Blackout... blackouts) {
    return of(new Schedule.Cron(expression), zone, Duration.ZERO, blackouts);
  }

  static Schedule every(Duration interval, String zone, Schedule.Blackout... blackouts) {
    return of(new Schedule.Every(interval), zone, Duration.ZERO, blackouts);
  }

  static Schedule of(
      Schedule.Timing timing, String zone, Duration jitter, Schedule.Blackout... blackouts) {
    return new Schedule(
        "s",
        new Subject(Subject.Kind.BACKUP, "b"),
        timing,
        zone,
        jitter,
        Schedule.Overlap.SKIP,
        Schedule.DEFAULT_CATCH_UP,
        false,
        Optional.empty(),
        List.of(blackouts));
  }

  static Schedule.Blackout window(String from, String to, DayOfWeek... days) {
    return new Schedule.Blackout(time(from), time(to), Arrays.asList(days));
  }

  private static Schedule.TimeOfDay time(String text) {
    return new Schedule.TimeOfDay(
        Integer.parseInt(text.substring(0, 2)), Integer.parseInt(text.substring(3)));
  }
}
