package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.Rate;
import dev.lockstep.worker.config.SettingsException;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Puts the command together. */
final class CommandLines {
  private CommandLines() {}

  static CommandLine create(Console console) {
    CommandLine line = new CommandLine(new Root());
    line.addSubcommand(new DemoCommand(console))
        .addSubcommand(new ValidateCommand(console))
        .addSubcommand(new PlanCommand(console))
        .addSubcommand(new RunCommand(console))
        .addSubcommand(new RestoreCommand(console))
        .addSubcommand(new DrillCommand(console))
        .addSubcommand(BackupsCommand.create(console))
        .addSubcommand(new DrillsCommand(console))
        .addSubcommand(new EvidenceCommand(console))
        .addSubcommand(new StatusCommand(console))
        .addSubcommand(new ReportCommand(console))
        .addSubcommand(new ControlCommands.Pause(console))
        .addSubcommand(new ControlCommands.Resume(console))
        .addSubcommand(new ControlCommands.Approve(console))
        .addSubcommand(new ControlCommands.Retry(console))
        .addSubcommand(new ControlCommands.Skip(console))
        .addSubcommand(new ControlCommands.Abort(console))
        .addSubcommand(new ControlCommands.Revert(console))
        .addSubcommand(new ControlCommands.Tune(console))
        .addSubcommand(new SetupCommand(console))
        .addSubcommand(SchedulesCommand.create(console))
        .addSubcommand(new WorkerCommand(console))
        .addSubcommand(new ServerCommand(console))
        .addSubcommand(new NotifyCommand(console));
    help(line);
    line.addSubcommand("completion", completion()).addSubcommand(new CommandLine.HelpCommand());
    line.registerConverter(Duration.class, UnitOptions::parseDuration);
    line.registerConverter(Rate.class, UnitOptions::parseRate);
    line.registerConverter(ByteCount.class, UnitOptions::parseSize);
    line.registerConverter(ByteRate.class, UnitOptions::parseSizeRate);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(console.output(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.messages(), true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler(
        (exception, failed, all) -> fail(console, exception, failed.getParseResult()));
    IParameterExceptionHandler usage = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler(
        (exception, arguments) -> {
          int exitCode = usage.handleParseException(exception, arguments);
          if (asksForJson(arguments)) {
            String message = String.valueOf(exception.getMessage());
            OutputOptions.printJson(
                console.output(), Failed.of(new CommandFailure(exitCode, message)));
          }
          return exitCode;
        });
    return line;
  }

  /** For every command and the commands below it. */
  private static void help(CommandLine line) {
    for (CommandLine command : line.getSubcommands().values()) {
      command.getCommandSpec().addOption(help());
      help(command);
    }
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this.").build();
  }

  /** Under our name in its own help, too. */
  private static CommandLine completion() {
    return new CommandLine(new AutoComplete.GenerateCompletion()).setCommandName("completion");
  }

  /** Where the arguments could not be read, their form is all that is known. */
  private static boolean asksForJson(String... arguments) {
    String all = " " + String.join(" ", arguments).toLowerCase(Locale.ROOT) + " ";
    return all.contains(" --output json ") || all.contains(" --output=json ");
  }

  /** Says it to people, and to the program that asked for JSON. */
  private static int fail(Console console, Exception exception, ParseResult parsed) {
    CommandFailure failure = translate(exception);
    console.messages().println("lockstep: " + failure.getMessage());
    if (parsed.matchedOptionValue("--output", OutputOptions.Form.text) == OutputOptions.Form.json) {
      OutputOptions.printJson(console.output(), Failed.of(failure));
    }
    return failure.exitCode();
  }

  private static CommandFailure translate(Exception exception) {
    if (exception instanceof CommandFailure failure) {
      return failure;
    }
    if (exception instanceof SettingsException settings) {
      return new CommandFailure(ExitCode.INVALID, String.valueOf(settings.getMessage()));
    }
    if (exception instanceof WorkflowServiceException
        || exception instanceof StatusRuntimeException) {
      return new CommandFailure(
          ExitCode.UNREACHABLE,
          "the Temporal service or its worker does not answer: " + exception.getMessage());
    }
    return new CommandFailure(
        ExitCode.NEEDS_PERSON, "internal error: " + exception + "; at " + place(exception));
  }

  private static String place(Exception exception) {
    StackTraceElement[] trace = exception.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0].toString();
  }

  /** The result of a command that came to nothing. */
  record Failed(int exitCode, List<String> messages) {
    static Failed of(CommandFailure failure) {
      return new Failed(failure.exitCode(), String.valueOf(failure.getMessage()).lines().toList());
    }
  }

  @Command(
      name = "lockstep",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description =
          "Changes stateful systems without downtime: one definition, one durable run, every step"
              + " with its undo.")
  static final class Root implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "a command is missing");
    }
  }
}
