package dev.lockstep.activities.kubernetes;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds containers that are ready, and runs programs in them. */
public final class PodPrograms {
  private final ClusterConnection cluster;

  /** In that cluster, which is not touched before the first call. */
  public PodPrograms(ClusterConnection cluster) {
    this.cluster = cluster;
  }

  ClusterConnection cluster() {
    return cluster;
  }

  /**
   * The first ready pod of a StatefulSet.
   *
   * @param container absent: the pod's first
   * @throws io.temporal.failure.ApplicationFailure {@code WORKLOAD_UNKNOWN} where none is ready, or
   *     there is no such container
   */
  public PodName ofStatefulSet(String namespace, String name, Optional<String> container) {
    String what = "StatefulSet " + namespace + "/" + name;
    StatefulSet set =
        KubernetesFaults.translating(
            "reading " + what,
            "",
            () -> client().apps().statefulSets().inNamespace(namespace).withName(name).get());
    if (set == null) {
      throw unknown(what + " does not exist");
    }
    return ready(namespace, set.getSpec().getSelector(), what, container);
  }

  /** The first ready pod behind a Service, its first container. */
  public PodName behindService(String namespace, String name) {
    String what = "Service " + namespace + "/" + name;
    Service service =
        KubernetesFaults.translating(
            "reading " + what,
            "",
            () -> client().services().inNamespace(namespace).withName(name).get());
    Map<String, String> labels =
        service == null || service.getSpec().getSelector() == null
            ? Map.of()
            : service.getSpec().getSelector();
    if (labels.isEmpty()) {
      throw unknown(what + (service == null ? " does not exist" : " selects no pods"));
    }
    LabelSelector selector = new LabelSelectorBuilder().withMatchLabels(labels).build();
    return ready(namespace, selector, what, Optional.empty());
  }

  PodName ready(String namespace, LabelSelector selector, String of, Optional<String> container) {
    List<Pod> pods =
        KubernetesFaults.translating(
            "listing the pods of " + of,
            "",
            () ->
                client()
                    .pods()
                    .inNamespace(namespace)
                    .withLabelSelector(selector)
                    .list()
                    .getItems());
    return pods.stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(Readiness::isPodReady)
        .min(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .map(pod -> named(pod, container))
        .orElseThrow(() -> unknown("no pod of " + of + " is ready"));
  }

  private static PodName named(Pod pod, Optional<String> container) {
    String name = pod.getMetadata().getName();
    return pod.getSpec().getContainers().stream()
        .map(Container::getName)
        .filter(it -> container.isEmpty() || container.get().equals(it))
        .findFirst()
        .map(it -> new PodName(pod.getMetadata().getNamespace(), name, it))
        .orElseThrow(() -> unknown("pod " + name + " has no container " + container.orElse("")));
  }

  /**
   * Starts a program. Its three streams are bounded: what is not read is not sent, and what is not
   * taken is not written. Closing its input does not end it; {@code destroy} writes a line break to
   * it, {@code destroyForcibly} cuts the channel. The exit status is -1 where none came.
   */
  public Process start(PodName pod, List<String> command) {
    return KubernetesFaults.translating(
        "running a program in pod " + pod.namespace() + "/" + pod.name(),
        "",
        () ->
            new PodProcess(
                client()
                    .pods()
                    .inNamespace(pod.namespace())
                    .withName(pod.name())
                    .inContainer(pod.container())
                    .redirectingInput()
                    .redirectingOutput()
                    .redirectingError()
                    .exec(command.toArray(String[]::new))));
  }

  private KubernetesClient client() {
    return cluster.client("");
  }

  private static RuntimeException unknown(String what) {
    return Faults.failure(FaultCode.WORKLOAD_UNKNOWN, what, "");
  }
}
