package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.worker.demo.cluster.SimulatedCluster;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import io.temporal.client.WorkflowStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker dies, the service lives. */
final class WorkerKilledIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final String ROLLOUTS =
      """
        rollouts:
          - after: expand
            workload: {kind: Deployment, namespace: shop, name: web}
            containers: {web: {image: "shop-web:2"}}
          - after: verify
            workload: {kind: Deployment, namespace: shop, name: web}
            containers: {web: {image: "shop-web:3"}}
      """;

  @TempDir private Path folder = Path.of("");
  private final TokenShop shop = new TokenShop();
  private final Pods pods = new Pods();
  private final SimulatedCluster cluster = SimulatedCluster.start(pods);
  private final EmbeddedTemporal service = EmbeddedTemporal.start();
  private final EngineConnection connection = EngineConnection.to(service.address());

  WorkerKilledIT() throws Exception {}

  @BeforeEach
  void deploy() throws Exception {
    cluster.writeKubeconfig(folder.resolve("kubeconfig"));
    WorkloadReference web = new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
    cluster.create(web, 1, Map.of("web", "shop-web:1"));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> cluster.complete(web));
  }

  @AfterEach
  void close() {
    connection.close();
    service.close();
    cluster.close();
  }

  /** A second worker stands by, so that only the death costs time and not the start. */
  @Test
  void workerDiesAfterEveryStep() throws Exception {
    Path deaths = Files.createFile(folder.resolve("deaths"));
    CompletableFuture<RunOutcome> result = start(ROLLOUTS, 50_000);
    Child working = mortal(deaths);
    Child standby = mortal(deaths);
    try {
      while (!endsWithin(result, 100)) {
        if (!working.isAlive() || !standby.isAlive()) {
          assertThat(shop.changedTokens()).isZero();
          working = working.isAlive() ? working : mortal(deaths);
          standby = standby.isAlive() ? standby : mortal(deaths);
        }
      }
    } finally {
      working.close();
      standby.close();
    }
    succeeded(result.join());
    List<String> steps =
        result.join().steps().stream()
            .map(it -> it.id())
            .filter(id -> !id.contains("revert-window"))
            .toList();
    assertThat(Files.readAllLines(deaths).stream().map(it -> it.substring(it.indexOf(' ') + 1)))
        .containsAll(steps);
    assertThat(pods.images("web")).containsOnly("shop-web:3");
  }

  @Test
  void workerIsKilledInTheMiddleOfABackfill() throws Exception {
    CompletableFuture<RunOutcome> result = start("", 4_000);
    try (Child first = worker()) {
      shop.awaitMiddleOfBackfill();
      first.kill();
    }
    shop.awaitNoLockstep();
    assertThat(shop.changedTokens()).isZero();
    assertThat(shop.seenTokens()).isPositive().isLessThan(TokenShop.ROWS);
    try (Child second = worker()) {
      assertThat(second.isAlive()).isTrue();
      succeeded(result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
    assertThat(result.join().figures().get("batchesRepeated")).isLessThanOrEqualTo(1L);
  }

  private void succeeded(RunOutcome outcome) {
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.figures()).containsEntry("mismatches", 0L);
    assertThat(shop.changedTokens()).isZero();
    assertThat(shop.seenTokens()).isEqualTo(TokenShop.ROWS);
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

  private Child mortal(Path deaths) throws Exception {
    return Child.start(
        folder,
        Map.of("KUBECONFIG", folder.resolve("kubeconfig").toString()),
        List.of(MortalWorker.class.getName(), service.address(), deaths.toString()));
  }

  private Child worker() throws Exception {
    return Child.lockstep(folder, Map.of(), "worker", "--address", service.address());
  }
}
