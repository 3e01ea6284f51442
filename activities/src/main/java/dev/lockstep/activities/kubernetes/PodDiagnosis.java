package dev.lockstep.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Why pods do not become available: what their containers wait for or ended with, the last lines of
 * their logs, the last warnings about them. Best effort: what cannot be read is named, and never
 * hides that the rollout failed.
 */
final class PodDiagnosis {
  /** Pods of one template mostly fail alike. */
  private static final int PODS = 2;

  private static final int LOG_LINES = 5;
  private static final int EVENTS = 3;

  /** Characters of a log line or message; the whole goes into the run's history. */
  private static final int LINE_LENGTH = 240;

  private final KubernetesClient client;
  private final String namespace;
  private final LabelSelector pods;

  PodDiagnosis(Deployments deployments, Deployment deployment) {
    this(
        deployments.client(),
        deployments.reference().namespace(),
        deployment.getSpec().getSelector());
  }

  PodDiagnosis(KubernetesClient client, String namespace, LabelSelector pods) {
    this.client = client;
    this.namespace = namespace;
    this.pods = pods;
  }

  /** The same as {@link #text()}, with the last warnings about what makes the pods. */
  String textWithEventsOf(String maker) {
    List<String> lines = new ArrayList<>();
    events("events of " + maker, maker, lines);
    return (lines.isEmpty() ? "" : "\n" + String.join("\n", lines)) + text();
  }

  /** One line a finding, each after a line break; empty where nothing is found. */
  String text() {
    List<String> lines = new ArrayList<>();
    attempt("pods", this::notReady, lines).orElse(List.of()).stream()
        .limit(PODS)
        .forEach(pod -> describe(pod, lines));
    return lines.isEmpty() ? "" : "\n" + String.join("\n", lines);
  }

  private List<Pod> notReady() {
    return client.pods().inNamespace(namespace).withLabelSelector(pods).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> !ready(pod))
        .toList();
  }

  /** Whether its kubelet says that it is. */
  static boolean ready(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private void describe(Pod pod, List<String> lines) {
    String name = pod.getMetadata().getName();
    if (pod.getStatus() != null) {
      for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
        if (!Boolean.TRUE.equals(container.getReady())) {
          lines.add(
              cut("pod " + name + ", container " + container.getName() + ": " + state(container)));
          log(name, container, lines);
        }
      }
    }
    events("events of pod " + name, name, lines);
  }

  private void events(String what, String of, List<String> lines) {
    attempt(what, () -> warnings(of), lines)
        .ifPresent(warnings -> warnings.forEach(w -> lines.add(cut("event: " + w))));
  }

  private static String state(ContainerStatus container) {
    List<String> parts = new ArrayList<>();
    if (container.getState() != null && container.getState().getWaiting() != null) {
      parts.add("waiting: " + container.getState().getWaiting().getReason());
      parts.add(container.getState().getWaiting().getMessage());
    }
    if (container.getState() != null && container.getState().getTerminated() != null) {
      parts.add("ended: " + container.getState().getTerminated().getReason());
      parts.add("exit code " + container.getState().getTerminated().getExitCode());
    }
    if (container.getRestartCount() != null && container.getRestartCount() > 0) {
      parts.add(container.getRestartCount() + " restarts");
    }
    parts.removeIf(Objects::isNull);
    return parts.isEmpty() ? "running, not ready" : String.join(", ", parts);
  }

  private void log(String pod, ContainerStatus container, List<String> lines) {
    if (container.getContainerID() == null || container.getContainerID().isEmpty()) {
      return;
    }
    Supplier<String> read =
        () ->
            client
                .pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer(container.getName())
                .tailingLines(LOG_LINES)
                .getLog();
    attempt("log of pod " + pod, read, lines)
        .ifPresent(log -> log.lines().forEach(line -> lines.add(cut("log: " + line))));
  }

  private List<String> warnings(String pod) {
    List<Event> events =
        client
            .v1()
            .events()
            .inNamespace(namespace)
            .withField("involvedObject.name", pod)
            .list()
            .getItems();
    List<String> warnings =
        events.stream()
            .filter(e -> "Warning".equals(e.getType()))
            .map(e -> e.getReason() + ": " + e.getMessage())
            .distinct()
            .toList();
    return warnings.subList(Math.max(0, warnings.size() - EVENTS), warnings.size());
  }

  private static <T> Optional<T> attempt(String what, Supplier<T> read, List<String> lines) {
    try {
      return Optional.ofNullable(read.get());
    } catch (KubernetesClientException unreadable) {
      lines.add(cut(what + " not readable: status " + unreadable.getCode()));
      return Optional.empty();
    }
  }

  private static String cut(String line) {
    return line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH) + "…";
  }
}
