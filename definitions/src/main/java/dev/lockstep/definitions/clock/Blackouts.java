package dev.lockstep.definitions.clock;

import dev.lockstep.definitions.model.Schedule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The minutes of a week in which no run is due. Each window begins earlier by the jitter, so that a
 * run whose time is before a window is not pushed into it, unless said otherwise.
 */
public final class Blackouts {
  /** Minutes of a day. */
  public static final int DAY = 24 * 60;

  private static final int WEEK = 7 * DAY;

  /** From Monday, 00:00. */
  private final BitSet minutes = new BitSet(WEEK);

  private Blackouts() {}

  /** Those of a schedule. */
  public static Blackouts of(Schedule schedule) {
    Blackouts all = new Blackouts();
    int earlier = minutes(schedule.jitter());
    schedule.blackouts().forEach(window -> all.add(window, earlier));
    return all;
  }

  /** Those of a schedule as they are written. */
  public static Blackouts withoutJitter(Schedule schedule) {
    Blackouts all = new Blackouts();
    schedule.blackouts().forEach(window -> all.add(window, 0));
    return all;
  }

  /** Rounded up. */
  private static int minutes(Duration jitter) {
    return (int) Math.min(WEEK, jitter.plusSeconds(59).toMinutes());
  }

  private void add(Schedule.Blackout window, int earlier) {
    int from = window.from().minuteOfDay();
    int to = window.to().minuteOfDay();
    int length = earlier + (to > from ? to - from : to + DAY - from);
    List<DayOfWeek> days = window.days().isEmpty() ? List.of(DayOfWeek.values()) : window.days();
    for (DayOfWeek day : days) {
      int start = (day.getValue() - 1) * DAY + from - earlier;
      for (int minute = 0; minute < Math.min(length, WEEK); minute++) {
        minutes.set(Math.floorMod(start + minute, WEEK));
      }
    }
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return minutes.isEmpty();
  }

  /** Whether nothing is left of the week. */
  public boolean isWhole() {
    return minutes.cardinality() == WEEK;
  }

  /** Whether no run is due at that time of the schedule's zone. */
  public boolean covers(LocalDateTime time) {
    int day = (time.getDayOfWeek().getValue() - 1) * DAY;
    return minutes.get(day + time.getHour() * 60 + time.getMinute());
  }

  /**
   * The spans of one day.
   *
   * @param from minute of the day
   * @param to the last minute of it, which is still in it
   */
  public record Span(int from, int to) {}

  /** The spans of that day, in their order. */
  public List<Span> of(DayOfWeek day) {
    int start = (day.getValue() - 1) * DAY;
    List<Span> spans = new ArrayList<>();
    int from = minutes.nextSetBit(start);
    while (from >= 0 && from < start + DAY) {
      int end = Math.min(minutes.nextClearBit(from), start + DAY);
      spans.add(new Span(from - start, end - 1 - start));
      from = minutes.nextSetBit(end);
    }
    return spans;
  }
}
