package dev.lockstep.deploy.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run is stopped, or its worker killed, while a step is half done. */
final class MidStepRealIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder = Path.of("");

  /** What holds the step is still there while everything is undone. */
  @ParameterizedTest
  @EnumSource
  void anAbortInTheMiddleOfAStepRestoresEverything(Middle middle) throws Exception {
    try (Stage stage = new Stage(folder);
        MiddleScene scene = new MiddleScene(middle)) {
      scene.hold();
      WorkflowStub run =
          stage.start(scene.database + "/middle", scene.request(new Requests(folder)));
      scene.awaitMiddle();
      abort(run);
      RunOutcome outcome = end(run);
      scene.release();
      scene.isUndone(outcome);
    }
  }

  /** One worker has a run in the middle of each kind of step, twice, when it is killed. */
  @Test
  void aWorkerThatIsKilledInTheMiddleOfStepsLosesNoneOfThem() throws Exception {
    List<MiddleScene> scenes = new ArrayList<>();
    try (EmbeddedTemporal service = EmbeddedTemporal.start();
        EngineConnection connection = EngineConnection.to(service.address())) {
      for (int copy = 1; copy <= 2; copy++) {
        for (Middle middle : Middle.values()) {
          scenes.add(new MiddleScene(middle));
        }
      }
      List<MiddleScene> toGoOn = scenes.subList(0, scenes.size() / 2);
      List<MiddleScene> toAbort = scenes.subList(scenes.size() / 2, scenes.size());
      List<WorkflowStub> runs = killInTheMiddle(connection, scenes);
      for (MiddleScene scene : toGoOn) {
        scene.release();
      }
      try (Child second = worker(connection)) {
        List<WorkflowStub> aborted = runs.subList(toGoOn.size(), runs.size());
        aborted.forEach(MidStepRealIT::abort);
        for (MiddleScene scene : toAbort) {
          scene.release();
        }
        for (int i = 0; i < toGoOn.size(); i++) {
          toGoOn.get(i).isDone(end(runs.get(i)));
          toAbort.get(i).isUndone(end(aborted.get(i)));
        }
      }
    } finally {
      for (MiddleScene scene : scenes) {
        scene.close();
      }
    }
  }

  private List<WorkflowStub> killInTheMiddle(EngineConnection connection, List<MiddleScene> scenes)
      throws Exception {
    Requests requests = new Requests(folder);
    List<WorkflowStub> runs = new ArrayList<>();
    try (Child first = worker(connection)) {
      // A worker that is still starting would find its lock held for too long to queue for it.
      for (MiddleScene scene : scenes) {
        ObjectNode dry = scene.request(requests).put("dryRun", true);
        end(new RunStarter(connection).start(scene.database + "/dry", dry));
      }
      for (MiddleScene scene : scenes) {
        scene.hold();
        runs.add(
            new RunStarter(connection).start(scene.database + "/middle", scene.request(requests)));
      }
      // The middle of a backfill is over soon unless it is found: first those.
      scenes.stream()
          .sorted(Comparator.comparing(MiddleScene::lasts))
          .forEach(MiddleScene::awaitMiddle);
      first.kill();
    }
    scenes.forEach(MiddleScene::isNotDone);
    return runs;
  }

  private Child worker(EngineConnection connection) throws Exception {
    return Child.lockstep(folder, Map.of(), "worker", "--address", connection.address());
  }

  private static void abort(WorkflowStub run) {
    run.update(
        "abort",
        Control.Taken.class,
        new Control.Abort(Optional.of("test"), Optional.of("to see half a step undone")));
  }

  private static RunOutcome end(WorkflowStub run) throws Exception {
    return run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
  }
}
