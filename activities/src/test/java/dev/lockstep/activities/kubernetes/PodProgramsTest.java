package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where programs run in a cluster: pods that are there, and a Job of one's own. */
final class PodProgramsTest {
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final ClusterConnection connection;
  private final PodPrograms programs;

  PodProgramsTest(@TempDir Path directory) throws IOException {
    server.init();
    Path kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(kubeconfig, Kubeconfigs.of(server.url("/")));
    connection = ClusterConnection.fromKubeconfig(kubeconfig);
    programs = new PodPrograms(connection);
  }

  @AfterEach
  void close() {
    connection.close();
    server.destroy();
  }

  private void pod(String name, Map<String, String> labels, String ready) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(name)
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("postgres")
            .endContainer()
            .addNewContainer()
            .withName("metrics")
            .endContainer()
            .endSpec()
            .withNewStatus()
            .addNewCondition()
            .withType("Ready")
            .withStatus(ready)
            .endCondition()
            .endStatus()
            .build();
    connection.client("").resource(pod).create();
  }

  private void statefulSet() {
    connection
        .client("")
        .resource(
            new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("postgres")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "postgres")
                .endSelector()
                .endSpec()
                .build())
        .create();
  }

  @Test
  void theFirstReadyPodOfAStatefulSetIsTaken() {
    statefulSet();
    pod("postgres-0", Map.of("app", "postgres"), "False");
    pod("postgres-2", Map.of("app", "postgres"), "True");
    pod("postgres-1", Map.of("app", "postgres"), "True");
    pod("another-0", Map.of("app", "another"), "True");

    assertThat(programs.ofStatefulSet("shop", "postgres", Optional.empty()))
        .isEqualTo(new PodName("shop", "postgres-1", "postgres"));
    assertThat(programs.ofStatefulSet("shop", "postgres", Optional.of("metrics")))
        .isEqualTo(new PodName("shop", "postgres-1", "metrics"));
    assertThatThrownBy(() -> programs.ofStatefulSet("shop", "postgres", Optional.of("x")))
        .hasMessageContaining("pod postgres-1 has no container x");
  }

  @Test
  void whatIsNotThereOrNotReadyIsNamed() {
    assertThatThrownBy(() -> programs.ofStatefulSet("shop", "postgres", Optional.empty()))
        .hasMessageContaining("WORKLOAD_UNKNOWN")
        .hasMessageContaining("StatefulSet shop/postgres does not exist");
    statefulSet();
    pod("postgres-0", Map.of("app", "postgres"), "False");
    assertThatThrownBy(() -> programs.ofStatefulSet("shop", "postgres", Optional.empty()))
        .hasMessageContaining("no pod of StatefulSet shop/postgres is ready");
    assertThatThrownBy(() -> programs.behindService("shop", "db"))
        .hasMessageContaining("Service shop/db does not exist");
  }

  @Test
  void aPodBehindAServiceIsFoundByItsSelector() {
    pod("postgres-0", Map.of("app", "postgres", "role", "primary"), "True");
    connection
        .client("")
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("db")
                .endMetadata()
                .withNewSpec()
                .addToSelector("role", "primary")
                .endSpec()
                .build())
        .create();

    assertThat(programs.behindService("shop", "db").name()).isEqualTo("postgres-0");
  }

  @Test
  void aJobIsMadeOnceAdoptedAndRemoved() {
    ToolJob.Spec spec = new ToolJob.Spec("shop", "postgres:17", Optional.of("dumper"));
    ToolJob job = new ToolJob(programs, "lockstep-dump-1", spec);
    AtomicInteger looks = new AtomicInteger();

    PodName pod =
        job.begin(
            () -> {
              if (looks.incrementAndGet() == 2) {
                pod("lockstep-dump-1-x", labels("another life"), "True");
                pod("lockstep-dump-1-y", labels(job().getMetadata().getUid()), "True");
              }
            });

    assertThat(pod.name()).isEqualTo("lockstep-dump-1-y");
    var template = job().getSpec().getTemplate().getSpec();
    assertThat(template.getContainers().get(0).getImage()).isEqualTo("postgres:17");
    assertThat(template.getServiceAccountName()).isEqualTo("dumper");
    assertThat(template.getRestartPolicy()).isEqualTo("Never");
    assertThat(job().getSpec().getTtlSecondsAfterFinished()).isPositive();
    String uid = job().getMetadata().getUid();

    PodName again = new ToolJob(programs, "lockstep-dump-1", spec).begin(() -> {});

    assertThat(again).isEqualTo(pod);
    assertThat(job().getMetadata().getUid()).isEqualTo(uid);
    job.remove();
    job.remove();
    assertThat(connection.client("").batch().v1().jobs().inNamespace("shop").list().getItems())
        .isEmpty();
  }

  private static Map<String, String> labels(String uid) {
    return Map.of("lockstep.dev/tool", "lockstep-dump-1", "controller-uid", uid);
  }

  private Job job() {
    return connection
        .client("")
        .batch()
        .v1()
        .jobs()
        .inNamespace("shop")
        .withName("lockstep-dump-1")
        .get();
  }
}
