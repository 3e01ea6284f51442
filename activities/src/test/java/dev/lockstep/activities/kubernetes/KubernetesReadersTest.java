package dev.lockstep.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.definitions.plan.Observation;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a cluster: Secrets and workloads. */
final class KubernetesReadersTest {
  private static final WorkloadReference WEB =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
  private static final WorkloadReference GONE =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "gone");

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final ClusterConnection connection;

  KubernetesReadersTest(@TempDir Path directory) throws IOException {
    server.init();
    Path kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(kubeconfig, Kubeconfigs.of(server.url("/")));
    connection = ClusterConnection.fromKubeconfig(kubeconfig);
  }

  @AfterEach
  void close() {
    connection.close();
    server.destroy();
  }

  @Test
  void theValuesOfASecretAreDecoded() {
    secret(Map.of("username", base64("lockstep"), "password", base64("zürich")));

    assertThat(new KubernetesSecrets(connection).read("shop", "shop-db"))
        .contains(Map.of("username", "lockstep", "password", "zürich"));
  }

  @Test
  void aSecretThatIsNotThereIsEmpty() {
    assertThat(new KubernetesSecrets(connection).read("shop", "shop-db")).isEmpty();
  }

  @Test
  void aBrokenValueIsNamedAndNotShown() {
    secret(Map.of("password", "s3cret!"));

    assertThatThrownBy(() -> new KubernetesSecrets(connection).read("shop", "shop-db"))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("CREDENTIALS_MISSING");
              assertThat(failure.toString()).doesNotContain("s3cret");
            })
        .hasMessageContaining("Secret shop/shop-db: the value of key password is not Base64");
  }

  @Test
  void workloadsThatExistAreObservedInTheOrderAsked() {
    connection
        .client("")
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("shop-web:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();

    assertThat(new KubernetesWorkloads(connection).observe(List.of(GONE, WEB)))
        .containsExactly(
            new Observation.Workload(WEB, 3, new TreeMap<>(Map.of("web", "shop-web:1"))));
  }

  @Test
  void noWorkloadAskedForMeansNoClusterNeeded() {
    try (ClusterConnection none = ClusterConnection.fromKubeconfig(Path.of("absent"))) {
      assertThat(new KubernetesWorkloads(none).observe(List.of())).isEmpty();
    }
  }

  private void secret(Map<String, String> data) {
    connection
        .client("")
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("shop-db")
                .endMetadata()
                .withData(data)
                .build())
        .create();
  }

  private static String base64(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
