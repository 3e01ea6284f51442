package dev.lockstep.definitions.clock;

import dev.lockstep.definitions.model.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The times of a schedule.
 *
 * <ol>
 *   <li>A time of the calendar that the clocks skip in spring is left out, as Temporal does.
 *   <li>One that the clocks show twice in autumn is due the second time only, where it is meant for
 *       a time of day; where it is meant by the hour, both times.
 *   <li>An interval is counted from 1970 in UTC, as Temporal does; the time zone moves blackouts
 *       only.
 *   <li>A time in a blackout is left out.
 * </ol>
 */
public final class DueTimes {
  /** No schedule needs more looks: a leap day on a given weekday comes within 40 years. */
  private static final int MOST_DAYS = 366 * 41;

  /** So many in a row in blackouts, and nobody will wait for the next. */
  private static final int MOST_INTERVALS = 200_000;

  private final Schedule.Timing timing;
  private final ZoneId zone;
  private final Blackouts blackouts;
  private final Optional<Cron> cron;

  private DueTimes(Schedule schedule) {
    this.timing = schedule.timing();
    this.zone = ZoneId.of(schedule.timeZone());
    this.blackouts = Blackouts.of(schedule);
    this.cron = timing.accept(new CronOf());
  }

  /** Those of a schedule that was checked. */
  public static DueTimes of(Schedule schedule) {
    return new DueTimes(schedule);
  }

  /** The first one after that moment; empty: there is none. */
  public Optional<Instant> after(Instant moment) {
    return timing.accept(
        new Schedule.TimingVisitor<>() {
          @Override
          public Optional<Instant> cron(Schedule.Cron expression) {
            return cron.flatMap(it -> next(it, moment));
          }

          @Override
          public Optional<Instant> every(Schedule.Every every) {
            return next(every.interval(), moment);
          }
        });
  }

  private Optional<Instant> next(Cron times, Instant moment) {
    LocalDate first = LocalDate.ofInstant(moment, zone);
    return Stream.iterate(first, day -> day.plusDays(1))
        .limit(MOST_DAYS)
        .filter(times::holds)
        .flatMap(day -> of(times, day).stream())
        .filter(due -> due.isAfter(moment))
        .findFirst();
  }

  /** In their order. */
  private List<Instant> of(Cron times, LocalDate day) {
    List<Instant> due = new ArrayList<>();
    for (int hour : times.hours()) {
      for (int minute : times.minutes()) {
        LocalDateTime local = day.atTime(LocalTime.of(hour, minute));
        if (!blackouts.covers(local)) {
          due.addAll(moments(local, times.everyHour()));
        }
      }
    }
    return due.stream().sorted().toList();
  }

  private List<Instant> moments(LocalDateTime local, boolean each) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    int from = each ? 0 : Math.max(0, offsets.size() - 1);
    return offsets.subList(from, offsets.size()).stream().map(local::toInstant).toList();
  }

  private Optional<Instant> next(Duration interval, Instant moment) {
    long width = interval.toSeconds();
    long due = Math.floorDiv(moment.getEpochSecond(), width) * width;
    for (int tried = 0; tried < MOST_INTERVALS; tried++) {
      due += width;
      Instant found = Instant.ofEpochSecond(due);
      if (!blackouts.covers(LocalDateTime.ofInstant(found, zone))) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static final class CronOf implements Schedule.TimingVisitor<Optional<Cron>> {
    @Override
    public Optional<Cron> cron(Schedule.Cron cron) {
      return Optional.of(Cron.read(cron.expression(), new ArrayList<>()));
    }

    @Override
    public Optional<Cron> every(Schedule.Every every) {
      return Optional.empty();
    }
  }
}
