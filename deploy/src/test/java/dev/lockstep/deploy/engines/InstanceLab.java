package dev.lockstep.deploy.engines;

import dev.lockstep.activities.kubernetes.ClusterConnection;
import dev.lockstep.activities.kubernetes.KubernetesInstanceActivities;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.deploy.testbed.Testbed;
import dev.lockstep.workflows.contract.Progress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The lab's database and its standby in a namespace of its own, and nothing else of the lab. */
final class InstanceLab implements BeforeEachCallback, AfterAllCallback {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> MANIFESTS =
      List.of(
          "00-namespace", "10-secrets", "20-postgres-start", "21-postgres-services", "22-postgres");

  private final String namespace;
  private @Nullable KubernetesClient client;
  private @Nullable ClusterConnection connection;

  InstanceLab(String namespace) {
    this.namespace = namespace;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    if (client != null) {
      return;
    }
    Testbed testbed = Testbed.read();
    Assumptions.assumeTrue(
        testbed.value("LOCKSTEP_TESTBED_NODE", "kubernetes").equals("real"), "needs pods that run");
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(testbed.kubeconfig().toFile()))
            .build();
    connection = ClusterConnection.fromKubeconfig(testbed.kubeconfig());
    remove();
    for (String name : MANIFESTS) {
      apply(testbed.folder().resolve("kubernetes/lab/" + name + ".yaml"));
    }
    await(
        "the database and its standby",
        () ->
            Optional.ofNullable(
                    client()
                        .apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName("postgres")
                        .get()
                        .getStatus())
                .map(status -> Integer.valueOf(2).equals(status.getReadyReplicas()))
                .orElse(false));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (client != null) {
      remove();
      present(connection).close();
      client.close();
    }
  }

  /** What is tested; {@code waits} is called each time that it says it waits. */
  KubernetesInstanceActivities activities(Runnable waits) {
    return new KubernetesInstanceActivities(present(connection), () -> new Waiting(waits));
  }

  private record Waiting(Runnable waits) implements Reporter {
    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public Duration elapsed() {
      return Duration.ZERO;
    }

    @Override
    public void alive() {}

    @Override
    public void progress(Progress progress) {
      waits.run();
    }

    @Override
    public void last(Progress progress) {}
  }

  String sql(String pod, String statement) {
    return sql(namespace, pod, statement);
  }

  /** What psql answers in a pod. */
  String sql(String in, String pod, String statement) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (ExecWatch psql =
        client()
            .pods()
            .inNamespace(in)
            .withName(pod)
            .inContainer("postgres")
            .writingOutput(out)
            .writingError(err)
            .exec("psql", "-h", "/tmp", "-U", "postgres", "-d", "shop", "-Atqc", statement)) {
      int exit = psql.exitCode().get(30, TimeUnit.SECONDS);
      if (exit != 0) {
        throw new IllegalStateException(err.toString(StandardCharsets.UTF_8));
      }
      return out.toString(StandardCharsets.UTF_8).strip();
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("psql in " + pod, e);
    }
  }

  Optional<ObjectMeta> statefulSet(String name) {
    return Optional.ofNullable(
            client().apps().statefulSets().inNamespace(namespace).withName(name).get())
        .map(HasMetadata::getMetadata);
  }

  List<String> managers(String statefulSet) {
    return statefulSet(statefulSet).orElseThrow().getManagedFields().stream()
        .map(ManagedFieldsEntry::getManager)
        .toList();
  }

  List<String> pods() {
    return names(client().pods().inNamespace(namespace).list().getItems());
  }

  List<String> claims() {
    return names(client().persistentVolumeClaims().inNamespace(namespace).list().getItems());
  }

  List<String> services() {
    return names(client().services().inNamespace(namespace).list().getItems());
  }

  List<String> secrets(String in) {
    return names(client().secrets().inNamespace(in).list().getItems());
  }

  List<String> namespaces() {
    return names(client().namespaces().list().getItems());
  }

  /** Waits until a Service leads to these pods and to no other. */
  void awaitLeadsTo(String service, List<String> pods) {
    await(service + " leads to " + pods, () -> leadsTo(service).equals(pods));
  }

  void awaitNamespaceGone(String name) {
    await("the end of " + name, () -> client().namespaces().withName(name).get() == null);
  }

  private List<String> leadsTo(String service) {
    return client()
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace(namespace)
        .withLabel("kubernetes.io/service-name", service)
        .list()
        .getItems()
        .stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .flatMap(endpoint -> Optional.ofNullable(endpoint.getTargetRef()).stream())
        .map(ObjectReference::getName)
        .sorted()
        .toList();
  }

  private void apply(Path manifest) {
    String text;
    try {
      text = Files.readString(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String here =
        text.replace("namespace: shop}", "namespace: " + namespace + "}")
            .replace("namespace: shop,", "namespace: " + namespace + ",");
    if (here.contains("kind: Namespace")) {
      here = here.replace("{name: shop}", "{name: " + namespace + "}");
    }
    client()
        .load(new ByteArrayInputStream(here.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(
            object ->
                client().resource(object).fieldManager("lab").forceConflicts().serverSideApply());
  }

  private void remove() {
    client().namespaces().withName(namespace).delete();
    awaitNamespaceGone(namespace);
  }

  private static List<String> names(List<? extends HasMetadata> objects) {
    return objects.stream().map(object -> object.getMetadata().getName()).sorted().toList();
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(condition);
  }

  private KubernetesClient client() {
    return present(client);
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("only a test has a lab");
    }
    return part;
  }
}
