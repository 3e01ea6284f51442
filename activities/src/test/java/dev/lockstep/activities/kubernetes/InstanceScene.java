package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.kubernetes.KubernetesInstanceActivities.Timing;
import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepScope;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** An API server with a database in it; what controllers do is done when an activity waits. */
final class InstanceScene implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");
  static final Instance COPY =
      new Instance("shop", "postgres-copy", "postgres", "shop", Optional.empty());
  static final Instance THROWN_AWAY =
      new Instance("drill-1", "postgres", "postgres", "shop", Optional.of(Duration.ofHours(2)));

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  RecordingReporter recording = new RecordingReporter();
  final List<String> notReady = new ArrayList<>();
  final List<Runnable> meanwhile = new ArrayList<>();

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final ClusterConnection connection;

  InstanceScene(Path directory) {
    try {
      server.init();
      Path kubeconfig = directory.resolve("kubeconfig");
      Files.writeString(kubeconfig, Kubeconfigs.of(server.url("/")));
      connection = ClusterConnection.fromKubeconfig(kubeconfig);
      String source = Files.readString(Path.of("src/test/resources/instance/source.yaml"));
      for (String document : source.split("(?m)^---\\s*$")) {
        put(document);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KubernetesInstanceActivities activities(Duration deadline) {
    return new KubernetesInstanceActivities(
        connection, this::controllers, new Timing(() -> NOW, deadline));
  }

  KubernetesInstanceActivities activities() {
    return activities(Duration.ofMinutes(1));
  }

  KubernetesClient client() {
    return connection.client("");
  }

  static StepScope scope(String run) {
    return new StepScope(
        new RunKey(run),
        "instance",
        new Database(
            "shop",
            Engine.POSTGRESQL,
            new Connection.Url("jdbc:postgresql://127.0.0.1:1/shop"),
            new Credentials.None(),
            List.of()),
        Limits.DEFAULT);
  }

  /** Puts an object there, as somebody else. */
  void put(String yaml) {
    HasMetadata object = YAML.unmarshal(yaml);
    client().resource(object).createOr(there -> there.update());
  }

  StatefulSet statefulSet(String namespace, String name) {
    return client().apps().statefulSets().inNamespace(namespace).withName(name).get();
  }

  private Reporter controllers() {
    return new Reporter() {
      @Override
      public int attempt() {
        return 1;
      }

      @Override
      public Duration elapsed() {
        return Duration.ZERO;
      }

      @Override
      public void alive() {
        recording.alive();
      }

      @Override
      public void progress(Progress progress) {
        recording.progress(progress);
        control();
        meanwhile.forEach(Runnable::run);
        meanwhile.clear();
      }

      @Override
      public void last(Progress progress) {
        recording.last(progress);
      }
    };
  }

  /** Every StatefulSet gets its pods and claims, and loses what it has too many of. */
  void control() {
    List<StatefulSet> sets = client().apps().statefulSets().inAnyNamespace().list().getItems();
    sets.forEach(this::control);
    client().pods().inAnyNamespace().list().getItems().stream()
        .filter(pod -> sets.stream().noneMatch(set -> wants(set, pod)))
        .forEach(pod -> client().resource(pod).delete());
  }

  private static boolean wants(StatefulSet set, Pod pod) {
    String name = pod.getMetadata().getName();
    int index = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    return pod.getMetadata().getOwnerReferences().get(0).getUid().equals(set.getMetadata().getUid())
        && index < set.getSpec().getReplicas();
  }

  private void control(StatefulSet set) {
    for (int index = 0; index < set.getSpec().getReplicas(); index++) {
      String name = set.getMetadata().getName() + "-" + index;
      String ready = notReady.contains(name) ? "False" : "True";
      set.getSpec()
          .getVolumeClaimTemplates()
          .forEach(
              claim ->
                  make(
                      new PersistentVolumeClaimBuilder(claim)
                          .editMetadata()
                          .withNamespace(set.getMetadata().getNamespace())
                          .withName(claim.getMetadata().getName() + "-" + name)
                          .addToLabels(set.getSpec().getSelector().getMatchLabels())
                          .endMetadata()
                          .build()));
      make(
          new PodBuilder()
              .withMetadata(set.getSpec().getTemplate().getMetadata())
              .editMetadata()
              .withNamespace(set.getMetadata().getNamespace())
              .withName(name)
              .addNewOwnerReference()
              .withController(true)
              .withUid(set.getMetadata().getUid())
              .endOwnerReference()
              .endMetadata()
              .withSpec(set.getSpec().getTemplate().getSpec())
              .withNewStatus()
              .addNewCondition()
              .withType("Ready")
              .withStatus(ready)
              .endCondition()
              .addNewContainerStatus()
              .withName("postgres")
              .withReady(ready.equals("True"))
              .withRestartCount(4)
              .withNewState()
              .withNewWaiting()
              .withReason("CrashLoopBackOff")
              .endWaiting()
              .endState()
              .endContainerStatus()
              .endStatus()
              .build());
    }
  }

  private void make(HasMetadata object) {
    if (client().resource(object).get() == null) {
      client().resource(object).create();
    }
  }

  @Override
  public void close() {
    connection.close();
    server.destroy();
  }
}
