package dev.lockstep.deploy.cluster;

import dev.lockstep.deploy.testbed.Testbed;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The shop on the testbed's cluster: a database with a standby, a web application, and Lockstep's
 * workers. Made anew from {@code deploy/testbed/kubernetes/lab}, and removed at the end.
 */
final class Lab implements AutoCloseable {
  static final String NAMESPACE = "shop";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final KubernetesClient client;
  private final Manifests manifests;

  private Lab(KubernetesClient client, Manifests manifests) {
    this.client = client;
    this.manifests = manifests;
  }

  /**
   * Makes it and waits until everything in it is ready.
   *
   * @param temporalNamespace that its workers work for
   */
  static Lab start(Testbed testbed, String temporalNamespace) {
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(testbed.kubeconfig().toFile()))
            .build();
    Path folder = testbed.folder().resolve("kubernetes/lab");
    Lab lab = new Lab(client, new Manifests(folder, temporalNamespace));
    lab.remove();
    lab.manifests.all().forEach(lab::apply);
    lab.awaitReady();
    return lab;
  }

  KubernetesClient client() {
    return client;
  }

  /** The address of a Service's first port; routes lead to it from this machine. */
  String address(String service) {
    return client
        .services()
        .inNamespace(NAMESPACE)
        .withName(service)
        .get()
        .getSpec()
        .getClusterIP();
  }

  /** The web application's Service. */
  URI shop() {
    return URI.create("http://" + address("web"));
  }

  /** A decoded value of a Secret. */
  String secret(String name, String key) {
    Secret secret = client.secrets().inNamespace(NAMESPACE).withName(name).get();
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }

  Deployment deployment(String name) {
    return client.apps().deployments().inNamespace(NAMESPACE).withName(name).get();
  }

  Pod pod(String name) {
    return client.pods().inNamespace(NAMESPACE).withName(name).get();
  }

  private List<Pod> allPods(String app) {
    return client.pods().inNamespace(NAMESPACE).withLabel("app", app).list().getItems();
  }

  /** Gives a Deployment a new template with the same images, as {@code kubectl rollout restart}. */
  void restart(String deployment) {
    String patch =
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"restarted\":\"%d\"}}}}}"
            .formatted(System.nanoTime());
    client
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName(deployment)
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
  }

  /** Restarts a Deployment and waits until no pod of before is left. */
  void restartAndAwait(String deployment) {
    restart(deployment);
    awaitRolledOut(deployment);
  }

  /** Puts the web application back to version 1, where a run has brought another one. */
  void deployFirstVersion() {
    if (!images("web").equals(List.of("localhost/lockstep-web:1"))) {
      client.apps().deployments().inNamespace(NAMESPACE).withName("web").delete();
      await("the end of the pods of web", () -> allPods("web").isEmpty());
      manifests.named("Deployment", "web").forEach(this::apply);
      awaitRolledOut("web");
    }
  }

  /** How many templates a Deployment has had. */
  String revision(String deployment) {
    return deployment(deployment)
        .getMetadata()
        .getAnnotations()
        .getOrDefault("deployment.kubernetes.io/revision", "none");
  }

  /** The images of a Deployment's containers. */
  List<String> images(String deployment) {
    return deployment(deployment).getSpec().getTemplate().getSpec().getContainers().stream()
        .map(Container::getImage)
        .toList();
  }

  /** Waits until a Deployment has all its pods, of its newest template only. */
  void awaitRolledOut(String name) {
    await("the rollout of " + name, () -> isRolledOut(name));
  }

  /** Whether a Deployment has all its pods, of its newest template only. */
  boolean isRolledOut(String name) {
    Deployment now = deployment(name);
    int wanted = now.getSpec().getReplicas();
    boolean seen =
        Optional.ofNullable(now.getStatus().getObservedGeneration())
            .filter(it -> it >= now.getMetadata().getGeneration())
            .isPresent();
    return seen
        && number(now.getStatus().getUpdatedReplicas()) == wanted
        && number(now.getStatus().getAvailableReplicas()) == wanted
        && allPods(name).size() == wanted;
  }

  private void awaitReady() {
    await(
        "the database and its standby",
        () -> {
          StatefulSet now =
              client.apps().statefulSets().inNamespace(NAMESPACE).withName("postgres").get();
          return now.getStatus() != null
              && number(now.getStatus().getReadyReplicas()) == now.getSpec().getReplicas();
        });
    awaitRolledOut("web");
    awaitRolledOut("lockstep");
  }

  private void apply(HasMetadata object) {
    client.resource(object).fieldManager("lab").forceConflicts().serverSideApply();
  }

  private void remove() {
    if (client.namespaces().withName(NAMESPACE).get() != null) {
      client.namespaces().withName(NAMESPACE).delete();
    }
    await(
        "the end of the namespace",
        () -> {
          Namespace left = client.namespaces().withName(NAMESPACE).get();
          return left == null;
        });
  }

  private static int number(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(LOOK_EVERY)
        .ignoreExceptions()
        .until(condition);
  }

  @Override
  public void close() {
    remove();
    client.close();
  }
}
