package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.Schedule.Blackout;
import dev.lockstep.definitions.model.Schedule.Cron;
import dev.lockstep.definitions.model.Schedule.Every;
import dev.lockstep.definitions.model.Schedule.Overlap;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.model.Subject.Kind;
import java.time.Duration;
import java.util.List;

/** The fields of a schedule's {@code spec}. */
final class ScheduleTable {
  private ScheduleTable() {}

  /** The spec alone; the name of what it makes is empty. */
  static Shape<Schedule> spec() {
    ObjectShape.Builder<Schedule> of =
        ObjectShape.of("ScheduleSpec", "When a definition is run by itself.");
    Field<Schedule, Subject> run =
        of.required(
            "run",
            SubjectTable.subject(
                "ScheduledRun",
                "The definition that is run, which the worker knows.",
                Kind.BACKUP,
                Kind.DRILL,
                Kind.MIGRATION),
            Schedule::run);
    Field<Schedule, Cron> cron =
        of.optional(
            "cron",
            cron(),
            schedule -> Narrowing.<Schedule.Timing, Cron>to(Cron.class).apply(schedule.timing()));
    Field<Schedule, Every> every =
        of.optional(
            "every",
            every(),
            schedule -> Narrowing.<Schedule.Timing, Every>to(Every.class).apply(schedule.timing()));
    Field<Schedule, String> zone =
        of.defaulting("timeZone", zone(), Schedule.DEFAULT_ZONE, Schedule::timeZone);
    Field<Schedule, Duration> jitter =
        of.defaulting("jitter", jitter(), Duration.ZERO, Schedule::jitter);
    Field<Schedule, Overlap> overlap =
        of.defaulting("overlap", overlap(), Overlap.SKIP, Schedule::overlap);
    Field<Schedule, Duration> catchUp =
        of.defaulting("catchUp", catchUp(), Schedule.DEFAULT_CATCH_UP, Schedule::catchUp);
    Field<Schedule, Boolean> paused =
        of.defaulting(
            "paused", new FlagShape().described("No run starts."), false, Schedule::paused);
    Field<Schedule, String> note =
        of.optional(
            "note", TextShape.of("a sentence").described("Why it is paused."), Schedule::note);
    Field<Schedule, List<Blackout>> blackout =
        of.defaulting("blackout", BlackoutTable.windows(), List.of(), Schedule::blackouts);
    return of.forms(Forms.oneOf("cron", "every"))
        .made(
            in ->
                new Schedule(
                    "",
                    in.the(run),
                    in.maybe(cron)
                        .<Schedule.Timing>map(found -> found)
                        .or(() -> in.maybe(every))
                        .orElseThrow(),
                    in.the(zone),
                    in.the(jitter),
                    in.the(overlap),
                    in.the(catchUp),
                    in.the(paused),
                    in.maybe(note),
                    in.the(blackout)));
  }

  static Schedule named(String name, Schedule spec) {
    return spec.named(name);
  }

  private static Shape<Cron> cron() {
    return new ConvertedShape<>(
        TextShape.of(dev.lockstep.definitions.clock.Cron.WANTED)
            .described(
                "Minute, hour, day of the month, month, day of the week; names such as jan and mon"
                    + " are taken. With both days restricted, either will do."),
        Cron::new,
        Cron::expression);
  }

  private static Shape<Every> every() {
    return new ConvertedShape<>(
        ParsedShape.duration()
            .described("An interval in whole seconds, counted from midnight of 1970-01-01 in UTC."),
        Every::new,
        Every::interval);
  }

  private static Shape<String> zone() {
    return TextShape.of("the name of a time zone, such as Europe/Paris")
        .described("IANA time zone in which `cron` and `blackout` are read.");
  }

  private static Shape<Duration> jitter() {
    return ParsedShape.duration()
        .described("Each run starts later by some time up to this, so that not all start at once.");
  }

  private static Shape<Overlap> overlap() {
    return WordShape.of(Overlap.class)
        .described(
            "Where the run before is still under way: leave this one out, let one wait, cancel the"
                + " other, or run beside it (backups only).");
  }

  private static Shape<Duration> catchUp() {
    return ParsedShape.duration()
        .described("How late a run may still start after a time when nothing could; then missed.");
  }
}
