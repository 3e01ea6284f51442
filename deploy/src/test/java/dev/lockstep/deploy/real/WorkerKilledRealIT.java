package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.deploy.e2e.MortalWorker;
import dev.lockstep.deploy.e2e.Pods;
import dev.lockstep.deploy.e2e.TokenShop;
import dev.lockstep.worker.demo.cluster.SimulatedCluster;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.StepReport;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker dies, the service lives. */
final class WorkerKilledRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  /** Workers that stand by, so that a death costs its own time and not that of a start. */
  private static final int WORKERS = 3;

  @TempDir private Path folder = Path.of("");
  private final List<Child> workers = new ArrayList<>();

  @AfterEach
  void endRuns() throws Exception {
    for (Child worker : workers) {
      worker.close();
    }
    SERVICE.replayAndEnd();
  }

  @Test
  void workerDiesAfterEveryStep() throws Exception {
    Pods pods = new Pods();
    try (SimulatedCluster cluster = SimulatedCluster.start(pods)) {
      deploy(cluster);
      Path deaths = Files.createFile(folder.resolve("deaths"));
      Change change =
          new Change(folder, SERVICE, 50_000, TokenShop.ROLLOUTS, UnaryOperator.identity());
      long began = System.nanoTime();
      CompletableFuture<RunOutcome> result = change.start().getResultAsync(RunOutcome.class);
      Awaitility.await().atMost(PATIENCE).until(() -> keepAlive(change, deaths, result));
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      change.succeeded(result.join());
      List<String> steps =
          result.join().steps().stream()
              .map(StepReport::id)
              .filter(id -> !id.contains("revert-window"))
              .toList();
      List<String> died = Files.readAllLines(deaths);
      assertThat(died.stream().map(it -> it.substring(it.indexOf(' ') + 1))).containsAll(steps);
      assertThat(pods.images("web")).containsOnly("shop-web:3");
      change.note(
          "worker, %d times: after each step, before the service knew".formatted(died.size()),
          result.join(),
          took.dividedBy(died.size()));
    }
  }

  @Test
  void workerIsKilledInTheMiddleOfABackfill() throws Exception {
    Change change = new Change(folder, SERVICE, 2_000, UnaryOperator.identity());
    try (TwoWorkers both = new TwoWorkers(new Terminal(folder, SERVICE), SERVICE)) {
      WorkflowStub run = change.start();
      change.shop.awaitMiddleOfBackfill();
      both.at(run).kill();
      Comeback comeback = Comeback.of(change.shop);
      assertThat(change.shop.changedTokens()).isZero();

      Duration progress = comeback.firstBatch();
      RunOutcome outcome = run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, RunOutcome.class);
      change.succeeded(outcome);
      change.note("worker, in the middle of the backfill", outcome, progress);
    }
  }

  /** Puts a new worker in the place of each that died; whether the run has ended. */
  private boolean keepAlive(Change change, Path deaths, CompletableFuture<RunOutcome> result)
      throws IOException {
    if (workers.removeIf(worker -> !worker.isAlive())) {
      assertThat(change.shop.changedTokens()).isZero();
    }
    while (workers.size() < WORKERS && !result.isDone()) {
      workers.add(mortal(deaths));
    }
    return result.isDone();
  }

  private Child mortal(Path deaths) throws IOException {
    return Child.start(
        folder,
        Map.of("KUBECONFIG", folder.resolve("kubeconfig").toString()),
        List.of(
            MortalWorker.class.getName(),
            SERVICE.address(),
            deaths.toString(),
            MortalWorker.Deaths.EVERY_STEP.name(),
            SERVICE.namespace()));
  }

  private void deploy(SimulatedCluster cluster) throws IOException {
    cluster.writeKubeconfig(folder.resolve("kubeconfig"));
    WorkloadReference web = new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
    cluster.create(web, 1, Map.of("web", "shop-web:1"));
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> cluster.complete(web));
  }
}
