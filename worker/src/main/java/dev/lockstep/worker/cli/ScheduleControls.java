package dev.lockstep.worker.cli;

import dev.lockstep.worker.schedules.Schedules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The words that a schedule understands. */
final class ScheduleControls {
  private ScheduleControls() {}

  private static String by(@Nullable String note, String otherwise) {
    return note == null ? otherwise + " by " + System.getProperty("user.name", "unknown") : note;
  }

  @Command(
      name = "pause",
      description =
          "No run of the schedule starts until it is resumed; a run under way goes on. The pause"
              + " outlives changes of the definition.")
  static final class Pause extends ScheduleControl {
    @Option(names = "--note", paramLabel = "TEXT", description = "Why; shown in lists.")
    private @Nullable String note;

    Pause(Console console) {
      super(console);
    }

    @Override
    String say(Schedules schedules, String schedule) {
      schedules.pause(schedule, by(note, "paused"));
      return "paused " + schedule;
    }
  }

  @Command(name = "resume", description = "Runs of the schedule start again.")
  static final class Resume extends ScheduleControl {
    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept at the schedule.")
    private @Nullable String note;

    Resume(Console console) {
      super(console);
    }

    @Override
    String say(Schedules schedules, String schedule) {
      schedules.resume(schedule, by(note, "resumed"));
      return "resumed "
          + schedule
          + (schedules.isPausedByDefinition(schedule)
              ? "; its definition says paused: the next setup or start of a worker pauses it again"
              : "");
    }
  }

  @Command(
      name = "trigger",
      description =
          "Starts a run of the schedule now, also while it is paused. Where one is under way, its"
              + " overlap decides.")
  static final class Trigger extends ScheduleControl {
    Trigger(Console console) {
      super(console);
    }

    @Override
    String say(Schedules schedules, String schedule) {
      schedules.trigger(schedule);
      return "triggered " + schedule + "; see: lockstep schedules list";
    }
  }

  @Command(
      name = "backfill",
      description =
          "Starts a run for each time that the schedule had in a span, one after the other.")
  static final class Backfill extends ScheduleControl {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "TIME",
        description = "Begin of the span, such as 2026-11-01T00:00:00Z.")
    private Instant from = Instant.EPOCH;

    @Option(names = "--to", required = true, paramLabel = "TIME", description = "Its end.")
    private Instant to = Instant.EPOCH;

    Backfill(Console console) {
      super(console);
    }

    @Override
    String say(Schedules schedules, String schedule) {
      if (!from.isBefore(to)) {
        throw new CommandFailure(ExitCode.INVALID, "--from " + from + " is not before --to " + to);
      }
      schedules.backfill(schedule, from, to);
      return "asked " + schedule + " for its runs from " + from + " to " + to;
    }
  }

  @Command(
      name = "acknowledge",
      description =
          "What was missed or skipped until now is no warning of `schedules list` any more.")
  static final class Acknowledge extends ScheduleControl {
    Acknowledge(Console console) {
      super(console);
    }

    @Override
    String say(Schedules schedules, String schedule) {
      schedules.acknowledge(schedule);
      return "acknowledged what " + schedule + " missed or skipped";
    }
  }
}
