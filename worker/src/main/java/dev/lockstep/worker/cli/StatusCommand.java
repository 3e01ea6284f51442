package dev.lockstep.worker.cli;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowNotFoundException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a run. */
@Command(
    name = "status",
    description = "Shows where a run stands, what it waits for and what can be said to it.")
final class StatusCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RUN",
      description = "Name of the migration, or workflow id such as backup/NAME.")
  private String run = "";

  @Mixin private ServiceOptions service = new ServiceOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (EngineConnection connection = service.connectTo(run)) {
      RunStatus status = ServiceOptions.stub(connection, run).query("status", RunStatus.class);
      output.print(console.output(), status, StatusText.full(status));
      return ExitCode.DONE;
    } catch (WorkflowNotFoundException e) {
      throw new CommandFailure(ExitCode.INVALID, "there is no run " + run);
    }
  }
}
