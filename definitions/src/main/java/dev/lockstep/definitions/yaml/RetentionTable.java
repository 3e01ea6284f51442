package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.BackupChecks;
import dev.lockstep.definitions.model.Retention;
import java.time.Duration;
import java.util.function.Function;

/** The fields that say which backups are kept. */
final class RetentionTable {
  private RetentionTable() {}

  static Shape<Retention> retention() {
    ObjectShape.Builder<Retention> of =
        ObjectShape.of(
            "Retention",
            "Which backups are kept: what any rule keeps, and always the newest verified one. Left"
                + " out: all.");
    Field<Retention, Integer> last = count(of, "last", "So many of the newest.", Retention::last);
    Field<Retention, Integer> hourly = newestOf(of, "hourly", "hours", Retention::hourly);
    Field<Retention, Integer> daily = newestOf(of, "daily", "days", Retention::daily);
    Field<Retention, Integer> weekly = newestOf(of, "weekly", "weeks", Retention::weekly);
    Field<Retention, Integer> monthly = newestOf(of, "monthly", "months", Retention::monthly);
    Field<Retention, Integer> yearly = newestOf(of, "yearly", "years", Retention::yearly);
    Field<Retention, Duration> maxAge =
        of.optional(
            "maxAge",
            ParsedShape.duration()
                .described("Nothing older is kept by the other rules; alone: all that is younger."),
            Retention::maxAge);
    return of.made(
        in ->
            new Retention(
                in.the(last),
                in.the(hourly),
                in.the(daily),
                in.the(weekly),
                in.the(monthly),
                in.the(yearly),
                in.maybe(maxAge)));
  }

  private static Field<Retention, Integer> newestOf(
      ObjectShape.Builder<Retention> of,
      String name,
      String periods,
      Function<Retention, Integer> getter) {
    String meaning = "The newest of each of so many " + periods + " that have one.";
    return count(of, name, meaning, getter);
  }

  private static Field<Retention, Integer> count(
      ObjectShape.Builder<Retention> of,
      String name,
      String meaning,
      Function<Retention, Integer> getter) {
    Shape<Integer> number = new NumberShape(0, BackupChecks.MOST_KEPT).described(meaning);
    return of.defaulting(name, number, 0, getter);
  }
}
