package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.RunFailures;
import dev.lockstep.worker.engine.RunKind;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.worker.schedules.RunStarts;
import dev.lockstep.workflows.api.RunOutcome;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Starts the runs of schedules with the definitions of this command's files. */
record EmbeddedStarts(Definitions definitions, EngineConnection connection) implements RunStarts {
  @Override
  public Started start(Schedule schedule, Instant due) {
    DefinitionFiles.Selection selection =
        DefinitionFiles.select(
            definitions,
            new Wanted(
                Optional.of(RunKind.of(schedule.run())), Optional.of(schedule.run().name())));
    String run =
        schedule.overlap() == Schedule.Overlap.ALLOW_ALL
            ? selection.run() + "/schedule/" + schedule.name() + "-" + due
            : selection.run();
    WorkflowStub stub = new RunStarter(connection).start(run, selection.request());
    return new Run(stub, stub.getResultAsync(RunOutcome.class));
  }

  private record Run(WorkflowStub stub, CompletableFuture<RunOutcome> result) implements Started {
    @Override
    public Optional<String> ended() {
      if (!result.isDone()) {
        return Optional.empty();
      }
      try {
        RunOutcome outcome = result.join();
        String state = outcome.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Optional.of(state + ": " + outcome.message());
      } catch (CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return Optional.of("failed: " + RunFailures.read(cause).message());
      }
    }

    @Override
    public void cancel() {
      stub.cancel();
    }
  }
}
