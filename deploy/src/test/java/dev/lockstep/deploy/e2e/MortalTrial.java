package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.worker.demo.cluster.SimulatedCluster;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport;
import io.temporal.client.WorkflowStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** A run in a service that lives, while its workers, processes of their own, die. */
final class MortalTrial implements AutoCloseable {
  final TokenShop shop = new TokenShop();
  private final Path folder;
  private final Pods pods = new Pods();
  private final SimulatedCluster cluster = SimulatedCluster.start(pods);
  private final EmbeddedTemporal service = EmbeddedTemporal.start();
  private final EngineConnection connection = EngineConnection.to(service.address());

  /**
   * Sets it up, with the Deployment running.
   *
   * @param folder for the files of the processes
   */
  MortalTrial(Path folder) throws Exception {
    this.folder = folder;
    cluster.writeKubeconfig(folder.resolve("kubeconfig"));
    WorkloadReference web = new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
    cluster.create(web, 1, Map.of("web", "shop-web:1"));
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> cluster.complete(web));
  }

  /** A second worker stands by, so that only the death costs time and not the start. */
  void workersDieAndTheRunSucceeds(MortalWorker.Deaths which) throws Exception {
    Path deaths = Files.createFile(folder.resolve("deaths"));
    CompletableFuture<RunOutcome> result = start(TokenShop.ROLLOUTS, 50_000);
    Child working = mortal(deaths, which);
    Child standby = mortal(deaths, which);
    try {
      while (!endsWithin(result, 100)) {
        if (!working.isAlive() || !standby.isAlive()) {
          assertThat(shop.changedTokens()).isZero();
          working = working.isAlive() ? working : mortal(deaths, which);
          standby = standby.isAlive() ? standby : mortal(deaths, which);
        }
      }
    } finally {
      working.close();
      standby.close();
    }
    succeeded(result.join());
    assertThat(pods.images("web")).containsOnly("shop-web:3");
    allDied(which, Files.readAllLines(deaths), result.join());
  }

  private static void allDied(MortalWorker.Deaths which, List<String> deaths, RunOutcome outcome) {
    switch (which) {
      case EVERY_STEP ->
          assertThat(deaths.stream().map(it -> it.substring(it.indexOf(' ') + 1)))
              .containsAll(
                  outcome.steps().stream()
                      .map(StepReport::id)
                      .filter(id -> !id.contains("revert-window"))
                      .toList());
      case EVERY_ACTIVITY ->
          assertThat(deaths.stream().map(it -> it.substring(0, it.indexOf(' '))))
              .contains(
                  "prepare",
                  "claim",
                  "applyStatements",
                  "backfill",
                  "verify",
                  "validateConstraint",
                  "rollOut",
                  "settle");
    }
  }

  /** The run ended well, and no row was evaluated twice. */
  void succeeded(RunOutcome outcome) {
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.figures()).containsEntry("mismatches", 0L);
    assertThat(shop.changedTokens()).isZero();
    assertThat(shop.seenTokens()).isEqualTo(TokenShop.ROWS);
  }

  /** Starts the run without rollouts, so slow that there is a middle of its backfill. */
  CompletableFuture<RunOutcome> startSlowly() throws Exception {
    return start("", 4_000);
  }

  private CompletableFuture<RunOutcome> start(String rollouts, long rowsPerSecond)
      throws Exception {
    WorkflowStub run =
        new RunStarter(connection)
            .start("customer-token", Requests.of(shop.definition(folder, rowsPerSecond, rollouts)));
    return run.getResultAsync(RunOutcome.class);
  }

  private static boolean endsWithin(CompletableFuture<RunOutcome> result, long millis) {
    Awaitility.await()
        .pollDelay(Duration.ofMillis(millis))
        .atMost(Duration.ofSeconds(10))
        .until(() -> true);
    return result.isDone();
  }

  private Child mortal(Path deaths, MortalWorker.Deaths which) throws Exception {
    return Child.start(
        folder,
        Map.of("KUBECONFIG", folder.resolve("kubeconfig").toString()),
        List.of(MortalWorker.class.getName(), service.address(), deaths.toString(), which.name()));
  }

  /** A worker that does not die by itself. */
  Child worker() throws Exception {
    return Child.lockstep(folder, Map.of(), "worker", "--address", service.address());
  }

  @Override
  public void close() {
    connection.close();
    service.close();
    cluster.close();
  }
}
