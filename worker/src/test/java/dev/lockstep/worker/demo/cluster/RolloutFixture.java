package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.activities.kubernetes.KubernetesWorkloadActivities;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.worker.demo.cluster.Managers.Manager;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A simulated cluster with a Deployment of three pods, and the hands on it. */
final class RolloutFixture implements AutoCloseable {
  static final WorkloadReference WEB =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
  static final String STEP = "rollout/web-2";
  private static final int ATTEMPTS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final RecordingRunner runner = new RecordingRunner();
  final SimulatedCluster cluster = SimulatedCluster.start(runner);
  final ClusterConnection connection;
  final KubernetesWorkloadActivities activities;

  RecordingReporter reporter = RecordingReporter.patient();

  RolloutFixture(Path directory) throws IOException {
    Path kubeconfig = directory.resolve("kubeconfig");
    cluster.writeKubeconfig(kubeconfig);
    connection = ClusterConnection.fromKubeconfig(kubeconfig);
    activities = new KubernetesWorkloadActivities(connection, () -> reporter);
  }

  RolloutFixture withWeb() {
    cluster.create(WEB, 3, Map.of("web", "shop-web:1", "worker", "shop-worker:1"));
    awaitComplete();
    return this;
  }

  void awaitComplete() {
    Awaitility.await().atMost(PATIENCE).until(() -> cluster.complete(WEB));
  }

  StepOutcome rollOut(String image) {
    return rollOut(scope(1, STEP), image);
  }

  StepOutcome rollOut(StepScope scope, String image) {
    return rollOut(scope, new TreeMap<>(Map.of("web", image)), PATIENCE);
  }

  StepOutcome rollOut(StepScope scope, SortedMap<String, String> images, Duration deadline) {
    return likeTheEngine(
        () -> activities.rollOut(scope, new Action.RollOut(WEB, images, deadline)));
  }

  StepOutcome rollBack() {
    return rollBack(scope(1, STEP));
  }

  StepOutcome rollBack(StepScope scope) {
    return likeTheEngine(
        () -> activities.rollBack(scope, new Action.RollBack(WEB, scope.step(), PATIENCE)));
  }

  /** Tries again while the controller writes at the same moment, as the engine does. */
  private static StepOutcome likeTheEngine(Supplier<StepOutcome> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (ApplicationFailure failure) {
        if (!failure.getType().equals("WORKLOAD_BUSY") || attempt == ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  StepScope scope(int run, String step) {
    Database database =
        new Database(
            "shop",
            Engine.POSTGRESQL,
            new Connection.Url("jdbc:postgresql://127.0.0.1/shop"),
            new Credentials.None(),
            List.of(WEB));
    return new StepScope(new RunKey("full-name/" + run), step, database, Limits.DEFAULT);
  }

  ObjectNode deployment() {
    return cluster.store().find(SimulatedCluster.place(WEB)).orElseThrow();
  }

  String image(String container) {
    for (JsonNode node : deployment().at("/spec/template/spec/containers")) {
      if (node.path("name").asText().equals(container)) {
        return node.path("image").asText();
      }
    }
    throw new IllegalStateException("no container " + container);
  }

  List<String> notes() {
    return deployment().path("metadata").path("annotations").properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> name.startsWith("lockstep.dev/before-"))
        .toList();
  }

  /** What somebody else does with {@code kubectl set image}. */
  void setImage(String image) {
    ObjectNode changed = deployment();
    for (JsonNode node : changed.at("/spec/template/spec/containers")) {
      if (node.path("name").asText().equals("web")) {
        ((ObjectNode) node).put("image", image);
      }
    }
    update("kubectl-set", changed);
  }

  void update(String manager, ObjectNode changed) {
    changed.withObject("/metadata").remove("resourceVersion");
    cluster
        .writes()
        .update(
            SimulatedCluster.place(WEB),
            changed,
            new DeploymentWrites.Mode(Manager.updating(manager), false, false));
  }

  @Override
  public void close() {
    connection.close();
    cluster.close();
  }
}
