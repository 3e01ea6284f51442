package dev.lockstep.worker.cli;

import dev.lockstep.definitions.plan.Plan;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.RunFailures;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a run would do. */
@Command(
    name = "plan",
    description =
        "Looks at the live database and cluster and shows every step of a run: SQL, locks, cost,"
            + " undo, hazards. Changes nothing.")
final class PlanCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DefinitionFiles files = new DefinitionFiles();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ParameterOptions parameters = new ParameterOptions();

  @Option(names = "--name", paramLabel = "NAME", description = "Which of several definitions.")
  private @Nullable String name;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DefinitionFiles.Selection selection = files.select(console, Wanted.of(Optional.empty(), name));
    parameters.addTo(selection.request());
    try (Wiring wiring = Wiring.of(Settings.ofProcess())) {
      Prepared prepared =
          wiring.planning().prepare(selection.kind().toString(), selection.request());
      Plan plan = prepared.plan();
      output.print(console.output(), plan, heading(prepared) + PlanText.of(prepared.kind(), plan));
      return ExitCode.DONE;
    } catch (ApplicationFailure failure) {
      Fault fault = RunFailures.read(failure);
      throw new CommandFailure(ExitCode.of(fault.code()), selection.places().in(fault.message()));
    }
  }

  private static String heading(Prepared prepared) {
    return switch (prepared.state()) {
      case PLANNED -> "";
      case RESUMED -> "Unfinished run " + prepared.run() + " would go on with its own plan.\n";
      case ALREADY_DONE ->
          "Run " + prepared.run() + " of the same definition succeeded: nothing would be done.\n";
      case UNDOING -> "Unfinished run " + prepared.run() + " would go on undoing.\n";
    };
  }
}
