package dev.lockstep.worker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be asked of schedules and said to them. */
@Command(
    name = "schedules",
    description =
        "Lists, pauses, resumes and triggers the schedules of a Temporal service, or runs those of"
            + " definition files without one.")
final class SchedulesCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static CommandLine create(Console console) {
    return new CommandLine(new SchedulesCommand())
        .addSubcommand(new SchedulesList(console))
        .addSubcommand(new ScheduleControls.Pause(console))
        .addSubcommand(new ScheduleControls.Resume(console))
        .addSubcommand(new ScheduleControls.Trigger(console))
        .addSubcommand(new ScheduleControls.Backfill(console))
        .addSubcommand(new ScheduleControls.Acknowledge(console))
        .addSubcommand(new SchedulesRun(console));
  }
}
