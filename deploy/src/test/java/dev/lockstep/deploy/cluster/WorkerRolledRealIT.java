package dev.lockstep.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.testbed.KillTable;
import dev.lockstep.worker.engine.History;
import dev.lockstep.workflows.api.RunOutcome;
import io.temporal.api.history.v1.HistoryEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Lockstep's own Deployment of two workers is rolled in the middle of a run. */
final class WorkerRolledRealIT {
  @RegisterExtension static final LabExtension LAB = new LabExtension();

  private static final long CUSTOMERS = 400_000;
  private static final long SLOW = 5_000;
  private static final long FAST = 200_000;
  private static final long WORKERS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder = Path.of("");

  @Test
  void workersAreRolledInTheMiddleOfABackfill() throws Exception {
    LabDatabase database = LAB.database();
    database.loadCustomers(CUSTOMERS);
    String name = "roll-workers";
    try (LockstepRun run =
            LockstepRun.start(LAB.temporal(), folder, name, Definition.token(name, SLOW));
        BackfillWatch watch = BackfillWatch.start(database)) {
      run.await("the backfill", PATIENCE, it -> watch.rows() > SLOW);
      final Tokens before = Tokens.read(database);
      LAB.lab().restartAndAwait("lockstep");
      assertThat(watch.rows()).as("rows before the last old worker ended").isLessThan(CUSTOMERS);
      final Duration stall = watch.longestStall();
      run.tune(FAST);

      RunOutcome outcome = run.succeeded(PATIENCE);
      History history = run.history();

      long repeated = outcome.figures().getOrDefault("batchesRepeated", 0L);
      KillTable.note(
          "both workers by a rolling update (SIGTERM), in the middle of a backfill",
          new KillTable.Loss(before.changed(), repeated),
          outcome.state().name(),
          stall);
      assertThat(before.changed()).isZero();
      assertThat(repeated).isLessThanOrEqualTo(WORKERS);
      assertThat(lostActivities(history)).as("tries that ended by silence").isEmpty();
      assertThat(Tokens.read(database).seen()).hasSize((int) CUSTOMERS);
      history.replay();
    }
  }

  /**
   * The beginnings of activities that went on elsewhere only because their worker gave no sign of
   * life.
   */
  private static List<HistoryEvent> lostActivities(History history) {
    return history.events().stream()
        .filter(
            it ->
                it.getActivityTaskStartedEventAttributes().getLastFailure().hasTimeoutFailureInfo())
        .toList();
  }
}
