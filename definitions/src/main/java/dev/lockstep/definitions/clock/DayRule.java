package dev.lockstep.definitions.clock;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.NavigableSet;

/**
 * Days of the calendar: those that every set has.
 *
 * @param weekdays 0 is Sunday
 */
public record DayRule(
    NavigableSet<Integer> days, NavigableSet<Integer> months, NavigableSet<Integer> weekdays) {
  /** Whether this is such a day. */
  public boolean holds(LocalDate date) {
    return months.contains(date.getMonthValue())
        && days.contains(date.getDayOfMonth())
        && weekdays.contains(numberOf(date.getDayOfWeek()));
  }

  /** As cron and Temporal count them. */
  static int numberOf(DayOfWeek day) {
    return day.getValue() % 7;
  }
}
