package dev.lockstep.worker.cli;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.workflows.api.Control;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says something to a run: an update whose answer comes at once. */
abstract class ControlCommand implements Callable<Integer> {
  private final Console console;
  private final String update;

  @Parameters(
      paramLabel = "RUN",
      description = "Name of the migration, or workflow id such as backup/NAME.")
  private String run = "";

  @Option(
      names = "--by",
      paramLabel = "WHO",
      description = "Who says it; kept in the run's history. Default: the user of this machine.")
  private @Nullable String by;

  @Mixin private ServiceOptions service = new ServiceOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  ControlCommand(Console console, String update) {
    this.console = console;
    this.update = update;
  }

  /** The update's one argument. */
  abstract Object argument();

  final Optional<String> by() {
    return Optional.of(by == null ? System.getProperty("user.name", "unknown") : by);
  }

  @Override
  public final Integer call() {
    try (EngineConnection connection = service.connectTo(run)) {
      Control.Taken taken =
          ServiceOptions.stub(connection, run).update(update, Control.Taken.class, argument());
      output.print(console.output(), taken, taken.message() + "\n");
      return ExitCode.DONE;
    } catch (WorkflowNotFoundException e) {
      throw new CommandFailure(
          ExitCode.INVALID, "there is no run " + run + " under way: nothing can be said to it");
    } catch (WorkflowUpdateException e) {
      throw new CommandFailure(ExitCode.INVALID, refusal(e));
    }
  }

  private static String refusal(WorkflowUpdateException e) {
    return e.getCause() instanceof ApplicationFailure failure
        ? failure.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }
}
