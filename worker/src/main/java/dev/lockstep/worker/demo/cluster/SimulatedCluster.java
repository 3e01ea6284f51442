package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.worker.demo.cluster.Managers.Manager;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A simulated cluster in this process, with one kind of workload, Deployments, and whatever {@link
 * PodRunner} does in their pods. Real are the API as the client sees it, server-side apply with its
 * field managers, and the order in which pods are switched; simulated is everything else.
 */
public final class SimulatedCluster implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectStore store = new ObjectStore();
  private final DeploymentWrites writes = new DeploymentWrites(store);
  private final Pods pods;
  private final ApiServer api;
  private final DeploymentController controller;

  private SimulatedCluster(PodRunner runner) {
    this.pods = new Pods(store, runner);
    this.api = new ApiServer(new Routes(store, writes, pods));
    this.controller = new DeploymentController(store, pods);
  }

  /** Starts an empty cluster on a free port of the loopback address. */
  public static SimulatedCluster start(PodRunner runner) {
    return new SimulatedCluster(runner);
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String apiUrl() {
    return "http://127.0.0.1:" + api.port();
  }

  /** A kubeconfig whose only context is this cluster, with its token. */
  public String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    current-context: simulated
    clusters:
      - name: simulated
        cluster: {server: "%s"}
    users:
      - name: simulated
        user: {token: "%s"}
    contexts:
      - name: simulated
        context: {cluster: simulated, user: simulated, namespace: default}
    """
        .formatted(apiUrl(), api.token());
  }

  /**
   * Writes the kubeconfig for another process, whose environment then says {@code KUBECONFIG=file}.
   *
   * @throws IOException where the file cannot be written
   */
  public void writeKubeconfig(Path file) throws IOException {
    Files.writeString(file, kubeconfig());
  }

  /**
   * Creates a Deployment whose pods have labels {@code app=NAME}, and returns at once: {@link
   * #complete} tells when they run.
   *
   * @param images by container; the first one by name is what {@link PodRunner} is told
   */
  public void create(WorkloadReference workload, int replicas, Map<String, String> images) {
    ObjectNode deployment = JSON.createObjectNode();
    ObjectNode spec = deployment.putObject("spec").put("replicas", replicas);
    spec.withObject("/selector/matchLabels").put("app", workload.name());
    spec.withObject("/template/metadata/labels").put("app", workload.name());
    images.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e ->
                spec.withArray("/template/spec/containers")
                    .addObject()
                    .put("name", e.getKey())
                    .put("image", e.getValue()));
    store(place(workload), deployment);
  }

  /** Creates a Deployment and returns at once. */
  public void create(Deployment deployment) {
    try {
      ObjectNode object = (ObjectNode) JSON.readTree(Serialization.asJson(deployment));
      store(
          new ObjectStore.Place(
              "deployments",
              deployment.getMetadata().getNamespace(),
              deployment.getMetadata().getName()),
          object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Whether the newest template of a Deployment runs in every wanted pod, and no other pod is left.
   */
  public boolean complete(WorkloadReference workload) {
    return store.find(place(workload)).filter(DeploymentStatus::complete).isPresent();
  }

  /** Makes every later pod of an image fail. */
  public void failImage(String image, PodFailure failure) {
    pods.fail(image, failure);
  }

  /**
   * Ends the API server and the controller; applications that still run are left to their owner.
   */
  @Override
  public void close() {
    controller.close();
    api.close();
  }

  ApiServer api() {
    return api;
  }

  ObjectStore store() {
    return store;
  }

  DeploymentWrites writes() {
    return writes;
  }

  static ObjectStore.Place place(WorkloadReference workload) {
    return new ObjectStore.Place("deployments", workload.namespace(), workload.name());
  }

  private void store(ObjectStore.Place place, ObjectNode deployment) {
    deployment.put("apiVersion", "apps/v1").put("kind", "Deployment");
    deployment.withObject("/metadata").put("generation", 1);
    ObjectNode spec = deployment.withObject("/spec");
    if (!spec.has("replicas")) {
      spec.put("replicas", 1);
    }
    if (!spec.has("progressDeadlineSeconds")) {
      spec.put("progressDeadlineSeconds", 600);
    }
    ObjectNode strategy = spec.putObject("strategy").put("type", "RollingUpdate");
    strategy.putObject("rollingUpdate").put("maxSurge", 1).put("maxUnavailable", 0);
    Managers owners = Managers.of(deployment);
    owners.set(Manager.updating("demo"), Fields.of(deployment));
    owners.writeTo(deployment);
    store.put(place, deployment);
  }
}
