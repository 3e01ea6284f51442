package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The simulated kubelet: pods from their creation to their end. */
final class Pods {
  private static final String RESOURCE = "pods";

  private final ObjectStore store;
  private final PodRunner runner;
  private final Map<String, PodFailure> failures = new ConcurrentHashMap<>();
  private final Set<String> started = ConcurrentHashMap.newKeySet();
  private long created;

  Pods(ObjectStore store, PodRunner runner) {
    this.store = store;
    this.runner = runner;
  }

  void fail(String image, PodFailure failure) {
    failures.put(image, failure);
  }

  /** What a pod wrote. */
  String log(ObjectNode pod) {
    return failure(pod).map(PodFailure::log).orElse("");
  }

  /** The pods of a ReplicaSet that are not being deleted. */
  List<ObjectNode> of(ObjectNode replicaSet) {
    String uid = replicaSet.at("/metadata/uid").asText();
    return store.list(RESOURCE, replicaSet.at("/metadata/namespace").asText()).stream()
        .filter(pod -> pod.at("/metadata/ownerReferences/0/uid").asText().equals(uid))
        .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
        .toList();
  }

  static boolean ready(ObjectNode pod) {
    return pod.at("/status/containerStatuses/0/ready").asBoolean();
  }

  /** Creates a pod of a ReplicaSet's template and starts what runs in it. */
  void create(ObjectNode replicaSet) {
    created++;
    String set = replicaSet.at("/metadata/name").asText();
    String name = set + "-" + suffix(created);
    ObjectStore.Place place =
        new ObjectStore.Place(RESOURCE, replicaSet.at("/metadata/namespace").asText(), name);
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.set("metadata", replicaSet.at("/spec/template/metadata").deepCopy());
    pod.withObject("/metadata").set("ownerReferences", Owners.controller("ReplicaSet", replicaSet));
    pod.set("spec", replicaSet.at("/spec/template/spec").deepCopy());
    ObjectNode pending = store.put(place, waiting(pod, "ContainerCreating", ""));
    Optional<PodFailure> failure =
        failure(pod).or(() -> start(name, pod.at("/spec/containers/0/image").asText()));
    if (failure.isEmpty()) {
      store.put(place, running(pending));
    } else {
      store.put(place, waiting(pending, failure.get().reason(), failure.get().message()));
      warn(place, failure.get());
    }
  }

  /**
   * Marks a pod as terminating, ends what runs in it, then removes it.
   *
   * @param marked called in between: the pod counts no longer, and works still
   */
  void delete(ObjectNode pod, Runnable marked) {
    ObjectStore.Place place =
        new ObjectStore.Place(
            RESOURCE, pod.at("/metadata/namespace").asText(), pod.at("/metadata/name").asText());
    ObjectNode terminating = pod.deepCopy();
    terminating.withObject("/metadata").put("deletionTimestamp", ObjectStore.now());
    store.put(place, terminating);
    marked.run();
    if (started.remove(place.name())) {
      runner.stop(place.name());
    }
    store.remove(place);
  }

  private Optional<PodFailure> failure(ObjectNode pod) {
    for (JsonNode container : pod.at("/spec/containers")) {
      PodFailure failure = failures.get(container.path("image").asText());
      if (failure != null) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }

  private Optional<PodFailure> start(String pod, String image) {
    try {
      runner.start(pod, image);
      started.add(pod);
      return Optional.empty();
    } catch (RuntimeException crashed) {
      return Optional.of(
          new PodFailure("CrashLoopBackOff", String.valueOf(crashed.getMessage()), ""));
    }
  }

  private ObjectNode waiting(ObjectNode pod, String reason, String message) {
    for (ObjectNode container : status(pod, "Pending", false)) {
      container
          .putObject("state")
          .putObject("waiting")
          .put("reason", reason)
          .put("message", message);
      if (!log(pod).isEmpty()) {
        container.put("containerID", "simulated://" + container.path("name").asText());
      }
    }
    return pod;
  }

  private static ObjectNode running(ObjectNode pod) {
    for (ObjectNode container : status(pod, "Running", true)) {
      container.put("containerID", "simulated://" + container.path("name").asText());
      container.putObject("state").putObject("running").put("startedAt", ObjectStore.now());
    }
    return pod;
  }

  /** Writes a status and returns those of the containers. */
  private static List<ObjectNode> status(ObjectNode pod, String phase, boolean ready) {
    ObjectNode status = pod.putObject("status").put("phase", phase);
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", ready ? "True" : "False");
    ArrayNode statuses = status.putArray("containerStatuses");
    List<ObjectNode> containers = new ArrayList<>();
    for (JsonNode container : pod.at("/spec/containers")) {
      containers.add(
          statuses
              .addObject()
              .put("name", container.path("name").asText())
              .put("image", container.path("image").asText())
              .put("imageID", "")
              .put("restartCount", 0)
              .put("ready", ready));
    }
    return containers;
  }

  private void warn(ObjectStore.Place pod, PodFailure failure) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("apiVersion", "v1").put("kind", "Event").put("type", "Warning");
    event.put("reason", "Failed").put("message", failure.message()).put("count", 1);
    event
        .putObject("involvedObject")
        .put("kind", "Pod")
        .put("namespace", pod.namespace())
        .put("name", pod.name());
    store.put(new ObjectStore.Place("events", pod.namespace(), pod.name() + ".1"), event);
  }

  /** Five characters, as pods have them; the number keeps them apart. */
  private static String suffix(long number) {
    return Long.toString(60466176 + Math.floorMod(number * 48271, 60466176), 36).substring(1);
  }
}
