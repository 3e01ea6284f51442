package dev.lockstep.worker.schedules;

import dev.lockstep.definitions.clock.Blackouts;
import dev.lockstep.definitions.clock.Cron;
import dev.lockstep.definitions.clock.DayRule;
import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.ScheduleRange;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Times of the calendar as Temporal takes them. Its own reading of cron text differs from that of
 * cron: it wants both days where cron wants either.
 */
final class CalendarTable {
  private static final int HOUR = 60;
  private static final List<ScheduleRange> EVERY_SECOND = List.of(new ScheduleRange(0, 59));

  private CalendarTable() {}

  /** One calendar for each rule of days. */
  static List<ScheduleCalendarSpec> of(Cron cron) {
    return cron.days().stream().map(rule -> calendar(cron, rule)).toList();
  }

  private static ScheduleCalendarSpec calendar(Cron cron, DayRule rule) {
    return ScheduleCalendarSpec.newBuilder()
        .setMinutes(ranges(cron.minutes()))
        .setHour(ranges(cron.hours()))
        .setDayOfMonth(ranges(rule.days()))
        .setMonth(ranges(rule.months()))
        .setDayOfWeek(ranges(rule.weekdays()))
        .build();
  }

  /** What is left out: at most three calendars for each span, shared by days with equal spans. */
  static List<ScheduleCalendarSpec> of(Blackouts blackouts) {
    Map<Blackouts.Span, List<Integer>> days = new LinkedHashMap<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      for (Blackouts.Span span : blackouts.of(day)) {
        // Sunday is 0.
        days.computeIfAbsent(span, key -> new ArrayList<>()).add(day.getValue() % 7);
      }
    }
    List<ScheduleCalendarSpec> skipped = new ArrayList<>();
    days.forEach((span, on) -> skipped.addAll(of(span, ranges(on))));
    return skipped;
  }

  private static List<ScheduleCalendarSpec> of(Blackouts.Span span, List<ScheduleRange> days) {
    int firstHour = span.from() / HOUR;
    int lastHour = span.to() / HOUR;
    int firstMinute = span.from() % HOUR;
    int lastMinute = span.to() % HOUR;
    if (firstHour == lastHour) {
      return List.of(window(firstHour, firstHour, range(firstMinute, lastMinute), days));
    }
    List<ScheduleCalendarSpec> parts = new ArrayList<>();
    int firstWhole = firstMinute == 0 ? firstHour : firstHour + 1;
    int lastWhole = lastMinute == HOUR - 1 ? lastHour : lastHour - 1;
    if (firstWhole > firstHour) {
      parts.add(window(firstHour, firstHour, range(firstMinute, HOUR - 1), days));
    }
    if (firstWhole <= lastWhole) {
      parts.add(window(firstWhole, lastWhole, range(0, HOUR - 1), days));
    }
    if (lastWhole < lastHour) {
      parts.add(window(lastHour, lastHour, range(0, lastMinute), days));
    }
    return parts;
  }

  private static ScheduleCalendarSpec window(
      int fromHour, int toHour, ScheduleRange minutes, List<ScheduleRange> days) {
    return ScheduleCalendarSpec.newBuilder()
        .setSeconds(EVERY_SECOND)
        .setMinutes(List.of(minutes))
        .setHour(List.of(range(fromHour, toHour)))
        .setDayOfWeek(days)
        .build();
  }

  private static ScheduleRange range(int from, int to) {
    return new ScheduleRange(from, to);
  }

  /** Neighbours become one range. */
  static List<ScheduleRange> ranges(Collection<Integer> values) {
    List<ScheduleRange> ranges = new ArrayList<>();
    int from = -1;
    int last = -1;
    for (int value : new TreeSet<>(values)) {
      if (from >= 0 && value != last + 1) {
        ranges.add(range(from, last));
        from = value;
      }
      from = from < 0 ? value : from;
      last = value;
    }
    if (from >= 0) {
      ranges.add(range(from, last));
    }
    return ranges;
  }
}
