package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.clock.Blackouts;
import dev.lockstep.definitions.clock.Cron;
import dev.lockstep.definitions.clock.DueTimes;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What a schedule's spec must keep. */
public final class ScheduleChecks {
  /** Temporal counts in seconds. */
  static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

  /** Longer ones have a date: that is what cron is for. */
  static final Duration LONGEST_INTERVAL = Duration.ofDays(366);

  /** Temporal takes less for this. */
  static final Duration SHORTEST_CATCH_UP = Duration.ofSeconds(10);

  static final Duration LONGEST_CATCH_UP = Duration.ofDays(366);

  /** Half a day: who wants more wants another time. */
  static final Duration LONGEST_JITTER = Duration.ofHours(12);

  /** The longest note that Temporal's pages show whole. */
  public static final int LONGEST_NOTE = 200;

  /** Any moment will do: the question is whether there is a time at all. */
  private static final Instant SOME_MOMENT = Instant.parse("2024-01-01T00:00:00Z");

  private final Schedule schedule;
  private final Known known;
  private final List<Problem> problems;

  ScheduleChecks(Schedule schedule, Known known, List<Problem> problems) {
    this.schedule = schedule;
    this.known = known;
    this.problems = problems;
  }

  void check() {
    known.refer(
        schedule.run().kind().type(),
        new Reference("spec.run.name", schedule.run().name(), problems));
    Ranges ranges = new Ranges(problems);
    ranges.check("spec.jitter", schedule.jitter(), Duration.ZERO, LONGEST_JITTER);
    ranges.check("spec.catchUp", schedule.catchUp(), SHORTEST_CATCH_UP, LONGEST_CATCH_UP);
    overlap();
    note();
    int before = problems.size();
    schedule.timing().accept(new TimingChecks());
    zone();
    windows();
    if (problems.size() == before) {
      someTimeIsLeft();
    }
  }

  private void overlap() {
    if (schedule.overlap() == Schedule.Overlap.ALLOW_ALL
        && schedule.run().kind() != Subject.Kind.BACKUP) {
      add(
          "overlap",
          Code.CHOICE_WRONG,
          "is `allowAll`, but two runs of one definition at a time are for backups only; wanted"
              + " skip, bufferOne or cancelOther");
    }
  }

  private void note() {
    if (schedule.note().isPresent() && !schedule.paused()) {
      add(
          "note",
          Code.CHOICE_WRONG,
          "says why nothing starts, but paused is not true; wanted both or neither");
    }
    schedule
        .note()
        .filter(text -> text.length() > LONGEST_NOTE)
        .ifPresent(
            text ->
                add(
                    "note",
                    Code.VALUE_WRONG,
                    "has %d characters; wanted at most %d".formatted(text.length(), LONGEST_NOTE)));
  }

  private void zone() {
    String zone = schedule.timeZone();
    if (!zone.equals(Schedule.DEFAULT_ZONE) && !ZoneId.getAvailableZoneIds().contains(zone)) {
      add(
          "timeZone",
          Code.VALUE_WRONG,
          "is `%s`, which is no time zone of the IANA list; wanted such as UTC or Europe/Paris"
              .formatted(zone));
    }
  }

  private void windows() {
    for (int index = 0; index < schedule.blackouts().size(); index++) {
      Schedule.Blackout window = schedule.blackouts().get(index);
      String field = "blackout[" + index + "]";
      if (window.from().hour() == 24) {
        add(field + ".from", Code.VALUE_WRONG, "is `24:00`; wanted 00:00 to 23:59");
      } else if (window.from().equals(window.to())) {
        add(
            field + ".to",
            Code.VALUE_WRONG,
            "is the same as from; wanted another time, or 00:00 to 24:00 for a whole day");
      }
    }
  }

  private void someTimeIsLeft() {
    if (Blackouts.of(schedule).isWhole() || DueTimes.of(schedule).after(SOME_MOMENT).isEmpty()) {
      add(
          "blackout",
          Code.VALUE_WRONG,
          "covers every time of the schedule"
              + (schedule.jitter().isZero() ? "" : " (a window begins earlier by the jitter)")
              + "; wanted windows that leave some");
    }
  }

  private void add(String field, Code code, String message) {
    problems.add(Problem.at("spec." + field, code, message));
  }

  /** Answers true, which nobody needs. */
  private final class TimingChecks implements Schedule.TimingVisitor<Boolean> {
    @Override
    public Boolean cron(Schedule.Cron cron) {
      List<String> wrong = new ArrayList<>();
      Cron read = Cron.read(cron.expression(), wrong);
      wrong.forEach(message -> add("cron", Code.VALUE_WRONG, message));
      if (wrong.isEmpty() && !read.everHolds()) {
        add(
            "cron",
            Code.VALUE_WRONG,
            "is `%s`, a day that no month has; wanted one that comes".formatted(cron.expression()));
      }
      return true;
    }

    @Override
    public Boolean every(Schedule.Every every) {
      new Ranges(problems)
          .check("spec.every", every.interval(), SHORTEST_INTERVAL, LONGEST_INTERVAL);
      if (!every.interval().equals(Duration.ofSeconds(every.interval().toSeconds()))) {
        add("every", Code.VALUE_WRONG, "is not in whole seconds; wanted such as 30s or 6h");
      }
      return true;
    }
  }
}
