package dev.lockstep.definitions.clock;

import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the five fields.
 *
 * @param least of its values
 * @param most of its values
 * @param words for the values from {@code least} on, of three letters; empty: none
 */
record CronField(String name, int least, int most, List<String> words) {
  static final CronField MINUTE = new CronField("minute", 0, 59, List.of());
  static final CronField HOUR = new CronField("hour", 0, 23, List.of());
  static final CronField DAY = new CronField("day of the month", 1, 31, List.of());
  static final CronField MONTH =
      new CronField(
          "month",
          1,
          12,
          List.of(
              "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));

  /** Sunday is 0 and 7. */
  static final CronField WEEKDAY =
      new CronField(
          "day of the week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

  static final List<CronField> ALL = List.of(MINUTE, HOUR, DAY, MONTH, WEEKDAY);

  private static final Pattern ITEM =
      Pattern.compile("(?:\\*|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:/([0-9]{1,4}))?");

  /** Its values; what is wrong is added to {@code problems}. */
  NavigableSet<Integer> read(String text, List<String> problems) {
    NavigableSet<Integer> values = new TreeSet<>();
    for (String item : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      if (!add(item, values)) {
        problems.add("has `%s` as %s; wanted %s".formatted(item, name, wanted()));
      }
    }
    return values;
  }

  private boolean add(String item, NavigableSet<Integer> values) {
    Matcher parts = ITEM.matcher(item);
    if (!parts.matches()) {
      return false;
    }
    Optional<String> step = Optional.ofNullable(parts.group(3));
    Optional<Integer> from = Optional.of(least);
    Optional<Integer> to = Optional.of(most);
    if (parts.group(1) != null) {
      from = value(parts.group(1));
      // As of every cron: 5/10 goes on to the end.
      to = parts.group(2) != null ? value(parts.group(2)) : step.isPresent() ? to : from;
    }
    int width = step.map(Integer::parseInt).orElse(1);
    if (from.isEmpty() || to.isEmpty() || from.get() > to.get() || width < 1) {
      return false;
    }
    for (int value = from.get(); value <= to.get(); value += width) {
      values.add(equals(WEEKDAY) ? value % 7 : value);
    }
    return true;
  }

  private Optional<Integer> value(String text) {
    int word = words.indexOf(text);
    if (word >= 0) {
      return Optional.of(least + word);
    }
    return text.matches("[0-9]{1,4}")
        ? Optional.of(Integer.valueOf(text)).filter(number -> number >= least && number <= most)
        : Optional.empty();
  }

  private String wanted() {
    String range = least + " to " + most;
    String named =
        words.isEmpty()
            ? range
            : range + " or " + words.get(0) + " to " + words.get(words.size() - 1);
    return named + ", a range such as A-B, a list such as A,B, a step such as */N, or *";
  }
}
