package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.DefinitionFolder;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.RunKind;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.worker.report.RunReport;
import io.temporal.client.WorkflowNotFoundException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells all of a run. */
@Command(
    name = "report",
    description = {
      "Reports what a run of a migration, a backup, a restore or a drill was to do and did.",
      "FILE is the name of a migration or a workflow id such as backup/NAME on a Temporal service or"
          + " in a lockstep process of this user; or a definition file, whose newest run is told"
          + " from the ledger or the store where no service has its history.",
      "Exit status: 0 reported, however the run ended; 2 there is no such run; 4 a service could"
          + " not be reached."
    })
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DefinitionFiles files = new DefinitionFiles();
  @Mixin private ServiceOptions service = new ServiceOptions();
  @Mixin private ReportOptions form = new ReportOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--name", paramLabel = "NAME", description = "Which of several definitions.")
  private @Nullable String name;

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    form.check(output);
    try (Wiring wiring = Wiring.of(Settings.ofProcess())) {
      ReportSource source = new ReportSource(wiring);
      Optional<String> run = files.run();
      RunReport report = run.isPresent() ? named(source, run.get()) : inFiles(source);
      form.write(report, console.output(), output);
      return ExitCode.DONE;
    }
  }

  private RunReport named(ReportSource source, String run) {
    Optional<RunReport> history = history(source, run);
    if (history.isPresent()) {
      return history.get();
    }
    Definitions known = new DefinitionFolder(Settings.ofProcess().definitionsPath()).read();
    return known.runnables().stream()
        .filter(definition -> isCalled(definition, run))
        .findFirst()
        .flatMap(definition -> source.ofRecords(known, definition))
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.INVALID,
                    "there is no run "
                        + RunStarter.workflowId(run)
                        + (service.named().isPresent()
                            ? " on the Temporal service"
                            : ": no lockstep process of this user runs it and no Temporal service"
                                + " is named; give its definition file, --address,"
                                + " TEMPORAL_ADDRESS or a Temporal profile")));
  }

  private RunReport inFiles(ReportSource source) {
    Definitions definitions = files.read(console);
    if (!definitions.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, definitions.problems());
    }
    Definition chosen = Wanted.of(Optional.empty(), name).of(definitions.runnables());
    String run = id(chosen);
    return history(source, run)
        .or(() -> source.ofRecords(definitions, chosen))
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.INVALID, "no run of " + run + " has left a trace yet: run it first"));
  }

  /** Empty where no service knows the run. */
  private Optional<RunReport> history(ReportSource source, String run) {
    String id = RunStarter.workflowId(run);
    try (EngineConnection connection =
        service.named().map(ServiceOptions::connect).orElseGet(() -> embedded(run))) {
      return Optional.of(source.ofHistory(connection, id));
    } catch (WorkflowNotFoundException | NoProcessException e) {
      return Optional.empty();
    }
  }

  private EngineConnection embedded(String run) {
    try {
      return service.connectTo(run);
    } catch (CommandFailure e) {
      if (e.exitCode() == ExitCode.UNREACHABLE) {
        throw new NoProcessException();
      }
      throw e;
    }
  }

  /** No process of this user runs it. */
  private static final class NoProcessException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static String id(Definition definition) {
    return Wanted.kindOf(definition).toString().toLowerCase(Locale.ROOT) + "/" + definition.name();
  }

  private static boolean isCalled(Definition definition, String run) {
    List<String> ids = List.of(RunStarter.workflowId(run), run);
    return ids.contains(id(definition))
        || (RunKind.ofId(run).isEmpty() && run.equals(definition.name()));
  }
}
