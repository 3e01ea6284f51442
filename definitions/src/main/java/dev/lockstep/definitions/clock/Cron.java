package dev.lockstep.definitions.clock;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/**
 * Five fields as POSIX defines them for crontab.
 *
 * @param days one rule, or two of which either will do: that is so where both the day of the month
 *     and the day of the week are restricted
 * @param everyHour whether it is meant by the hour, not for a time of day
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/crontab.html">crontab</a>
 */
public record Cron(
    NavigableSet<Integer> minutes,
    NavigableSet<Integer> hours,
    List<DayRule> days,
    boolean everyHour) {
  /** What a message asks for. */
  public static final String WANTED =
      "five fields: minute, hour, day of the month, month, day of the week, such as \"30 2 * * *\"";

  /** February has its 29th and every weekday falls on it within so many years. */
  private static final int WHOLE_CYCLE = 28;

  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

  /**
   * Reads an expression.
   *
   * @param problems gets what is wrong with it; then the answer is of no use
   */
  public static Cron read(String expression, List<String> problems) {
    List<String> parts = new ArrayList<>(List.of(expression.strip().split("\\s+", -1)));
    if (parts.size() != CronField.ALL.size()) {
      problems.add("is `%s`; wanted %s".formatted(expression, WANTED));
      parts = List.of("*", "*", "*", "*", "*");
    }
    List<NavigableSet<Integer>> values = new ArrayList<>();
    for (int index = 0; index < parts.size(); index++) {
      values.add(CronField.ALL.get(index).read(parts.get(index), problems));
    }
    // A star with a step restricts nothing in this sense; so it is with the usual crons.
    boolean either = !parts.get(2).startsWith("*") && !parts.get(4).startsWith("*");
    return new Cron(
        values.get(0), values.get(1), rules(values, either), parts.get(1).startsWith("*"));
  }

  private static List<DayRule> rules(List<NavigableSet<Integer>> values, boolean either) {
    NavigableSet<Integer> months = values.get(3);
    if (!either) {
      return List.of(new DayRule(values.get(2), months, values.get(4)));
    }
    List<String> none = new ArrayList<>();
    return List.of(
        new DayRule(values.get(2), months, CronField.WEEKDAY.read("*", none)),
        new DayRule(CronField.DAY.read("*", none), months, values.get(4)));
  }

  /** Whether some run is due on that day. */
  public boolean holds(LocalDate date) {
    return days.stream().anyMatch(rule -> rule.holds(date));
  }

  /** Whether there is such a day at all: there is no 31 February. */
  public boolean everHolds() {
    return FIRST.datesUntil(FIRST.plusYears(WHOLE_CYCLE)).anyMatch(this::holds);
  }
}
