package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Schedule.Blackout;
import dev.lockstep.definitions.model.Schedule.TimeOfDay;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The windows in which no run is due. */
final class BlackoutTable {
  private static final Pattern TIME = Pattern.compile("^([01][0-9]|2[0-3]):([0-5][0-9])$|^24:00$");

  private BlackoutTable() {}

  static Shape<List<Blackout>> windows() {
    return new ListShape<>(window(), "a list of windows", 0)
        .described("Windows of the day, in `timeZone`, in which no run starts.");
  }

  private static Shape<Blackout> window() {
    ObjectShape.Builder<Blackout> of = ObjectShape.of("Blackout", "A window without runs.");
    Field<Blackout, TimeOfDay> from =
        of.required("from", time().described("The first minute of it."), Blackout::from);
    Field<Blackout, TimeOfDay> to =
        of.required(
            "to",
            time().described("The first minute after it; before `from`, it is of the next day."),
            Blackout::to);
    Field<Blackout, List<DayOfWeek>> days =
        of.defaulting(
            "days",
            new ListShape<>(WordShape.of(DayOfWeek.class), "a list of days", 1)
                .described("Days on which it begins; left out: every day."),
            List.of(),
            Blackout::days);
    return of.made(in -> new Blackout(in.the(from), in.the(to), in.the(days)));
  }

  private static ParsedShape<TimeOfDay> time() {
    return new ParsedShape<>(
        "a time as \"HH:MM\", in quotes, from 00:00 to 24:00",
        TIME,
        BlackoutTable::read,
        time -> String.format(Locale.ROOT, "%02d:%02d", time.hour(), time.minute()));
  }

  private static Optional<TimeOfDay> read(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        matcher.group(1) == null
            ? new TimeOfDay(24, 0)
            : new TimeOfDay(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
  }
}
