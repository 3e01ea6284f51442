package dev.lockstep.worker.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The simulation by itself: the order of pods, and server-side apply as the real server does it.
 */
final class SimulatedClusterTest {
  private final RecordingRunner runner = new RecordingRunner();
  private final SimulatedCluster cluster = SimulatedCluster.start(runner);
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(cluster.kubeconfig())).build();

  @BeforeEach
  void createDeployment() {
    cluster.create(RolloutFixture.WEB, 3, Map.of("web", "shop-web:1"));
    awaitComplete();
  }

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  @Test
  void podsAreSwitchedOneByOneAndNeverFewerThanWanted() {
    apply("ci", images("shop-web:2"), true);
    awaitComplete();

    assertThat(runner.images()).containsOnly("shop-web:2").hasSize(3);
    List<List<String>> switching = runner.history().subList(3, runner.history().size());
    assertThat(switching)
        .containsExactly(
            List.of("shop-web:1", "shop-web:1", "shop-web:1", "shop-web:2"),
            List.of("shop-web:1", "shop-web:1", "shop-web:2"),
            List.of("shop-web:1", "shop-web:1", "shop-web:2", "shop-web:2"),
            List.of("shop-web:1", "shop-web:2", "shop-web:2"),
            List.of("shop-web:1", "shop-web:2", "shop-web:2", "shop-web:2"),
            List.of("shop-web:2", "shop-web:2", "shop-web:2"));
  }

  @Test
  void aPodThatNeverBecomesReadyStopsTheRollout() {
    cluster.failImage("shop-web:9", PodFailure.pulling("shop-web:9"));
    apply("ci", images("shop-web:9"), true);

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> read().getStatus().getUpdatedReplicas() == 1);
    assertThat(read().getStatus().getAvailableReplicas()).isEqualTo(3);
    assertThat(cluster.complete(RolloutFixture.WEB)).isFalse();
    apply("ci", images("shop-web:1"), true);
    awaitComplete();
    assertThat(runner.images()).containsOnly("shop-web:1").hasSize(3);
  }

  @Test
  void anotherManagersValueIsAConflictUnlessForced() {
    assertThatThrownBy(() -> apply("ci", images("shop-web:2"), false))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(409))
        .hasMessageContaining("demo");

    apply("ci", images("shop-web:2"), true);

    apply("ci", images("shop-web:3"), false);
    assertThat(image()).isEqualTo("shop-web:3");
  }

  @Test
  void whatAManagerStopsApplyingIsRemoved() {
    apply("ci", with(images("shop-web:1"), "a", "b"), true);
    assertThat(read().getMetadata().getAnnotations()).containsKeys("a", "b");

    apply("ci", with(images("shop-web:1"), "b"), true);

    assertThat(read().getMetadata().getAnnotations()).containsKey("b").doesNotContainKey("a");
  }

  @Test
  void whatAnotherManagerAppliesTooStays() {
    apply("ci", with(images("shop-web:1"), "a"), true);
    apply("cd", with(images("shop-web:1"), "a"), true);

    apply("ci", images("shop-web:1"), true);

    assertThat(read().getMetadata().getAnnotations()).containsKey("a");
  }

  @Test
  void aRequiredFieldThatNobodyOwnsAnyMoreIsRefused() {
    apply("ci", images("shop-web:2"), true);
    Deployment without = images("shop-web:2");
    without.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(null);

    assertThatThrownBy(() -> apply("ci", without, true))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(422));
  }

  @Test
  void anOldVersionIsAConflict() {
    Deployment stale = images("shop-web:2");
    stale.getMetadata().setResourceVersion("1");

    assertThatThrownBy(() -> apply("ci", stale, true))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(409))
        .hasMessageContaining("the object has been modified");
  }

  @Test
  void applyingTheSameAgainChangesNothing() {
    apply("ci", images("shop-web:2"), true);
    awaitComplete();
    String version = read().getMetadata().getResourceVersion();

    apply("ci", images("shop-web:2"), true);

    assertThat(read().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void aDryRunChangesNothing() {
    client
        .resource(images("shop-web:2"))
        .dryRun()
        .fieldManager("ci")
        .forceConflicts()
        .serverSideApply();

    assertThat(image()).isEqualTo("shop-web:1");
  }

  @Test
  void callersWithoutTheTokenAreRefused() {
    Config stranger = new ConfigBuilder(Config.empty()).withMasterUrl(cluster.apiUrl()).build();
    try (KubernetesClient other = new KubernetesClientBuilder().withConfig(stranger).build()) {
      assertThatThrownBy(() -> other.apps().deployments().inNamespace("shop").withName("web").get())
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              refused -> assertThat(refused.getCode()).isEqualTo(401));
    }
  }

  private void awaitComplete() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> cluster.complete(RolloutFixture.WEB));
  }

  private void apply(String manager, Deployment fields, boolean force) {
    var request = client.resource(fields).fieldManager(manager);
    (force ? request.forceConflicts() : request).serverSideApply();
  }

  private Deployment read() {
    return client.apps().deployments().inNamespace("shop").withName("web").get();
  }

  private String image() {
    return read().getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
  }

  private static Deployment images(String image) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("web")
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static Deployment with(Deployment deployment, String... annotations) {
    for (String annotation : annotations) {
      deployment.getMetadata().getAnnotations().put(annotation, "x");
    }
    return deployment;
  }
}
