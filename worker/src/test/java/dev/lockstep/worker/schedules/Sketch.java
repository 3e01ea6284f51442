package dev.lockstep.worker.schedules;

import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A schedule of a backup, every ten minutes unless said otherwise. */
record Sketch(Schedule schedule) {
  static Sketch every(Duration interval) {
    return of(new Schedule.Every(interval));
  }

  static Sketch cron(String expression) {
    return of(new Schedule.Cron(expression));
  }

  private static Sketch of(Schedule.Timing timing) {
    return new Sketch(
        new Schedule(
            "nightly",
            new Subject(Subject.Kind.BACKUP, "shop"),
            timing,
            "UTC",
            Duration.ZERO,
            Schedule.Overlap.SKIP,
            Duration.ofHours(1),
            false,
            Optional.empty(),
            List.of()));
  }

  Sketch overlap(Schedule.Overlap overlap) {
    return with(overlap, schedule.paused(), schedule.note(), schedule.jitter());
  }

  Sketch paused(String note) {
    return with(schedule.overlap(), true, Optional.of(note), schedule.jitter());
  }

  Sketch jitter(Duration jitter) {
    return with(schedule.overlap(), schedule.paused(), schedule.note(), jitter);
  }

  Sketch blackout(int fromHour, int toHour) {
    return new Sketch(
        new Schedule(
            schedule.name(),
            schedule.run(),
            schedule.timing(),
            schedule.timeZone(),
            schedule.jitter(),
            schedule.overlap(),
            schedule.catchUp(),
            schedule.paused(),
            schedule.note(),
            List.of(
                new Schedule.Blackout(
                    new Schedule.TimeOfDay(fromHour, 0),
                    new Schedule.TimeOfDay(toHour, 0),
                    List.of()))));
  }

  private Sketch with(
      Schedule.Overlap overlap, boolean paused, Optional<String> note, Duration jitter) {
    return new Sketch(
        new Schedule(
            schedule.name(),
            schedule.run(),
            schedule.timing(),
            schedule.timeZone(),
            jitter,
            overlap,
            schedule.catchUp(),
            paused,
            note,
            schedule.blackouts()));
  }
}
