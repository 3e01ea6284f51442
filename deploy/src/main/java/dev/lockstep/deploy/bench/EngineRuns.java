package dev.lockstep.deploy.bench;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.LockstepWorker;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs of a plan whose steps do nothing. */
final class EngineRuns {
  private EngineRuns() {}

  /**
   * One run.
   *
   * @param worker that takes it; only asked to be there
   * @return from the start of each step to that of the next
   */
  static List<Duration> once(EngineConnection connection, LockstepWorker worker) {
    Objects.requireNonNull(worker);
    RunOutcome outcome =
        new RunStarter(connection)
            .start(EngineHands.NAME, Wire.mapper().createObjectNode().put("name", EngineHands.NAME))
            .getResult(RunOutcome.class);
    if (outcome.state() != RunState.SUCCEEDED) {
      throw new IllegalStateException("the run ended " + outcome);
    }
    List<Instant> starts =
        outcome.steps().stream().flatMap(step -> step.started().stream()).toList();
    List<Duration> times = new ArrayList<>();
    for (int step = 1; step < starts.size(); step++) {
      times.add(Duration.between(starts.get(step - 1), starts.get(step)));
    }
    return times;
  }
}
