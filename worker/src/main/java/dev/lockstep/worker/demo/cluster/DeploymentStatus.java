package dev.lockstep.worker.demo.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the status of Deployments as the real controller does: counts, generation, conditions. */
final class DeploymentStatus {
  private final ObjectStore store;
  private final Map<String, Progress> progress = new HashMap<>();

  DeploymentStatus(ObjectStore store) {
    this.store = store;
  }

  /** Counts of pods, none of them terminating. */
  record Counts(int wanted, int all, int updated, int ready, int readyUpdated) {
    boolean complete() {
      return updated == wanted && all == updated && readyUpdated == wanted;
    }
  }

  private record Progress(long generation, Counts counts, Instant at) {}

  /** Whether a Deployment's status says that its newest template runs in every wanted pod. */
  static boolean complete(ObjectNode deployment) {
    return deployment.at("/status/observedGeneration").asLong()
            == deployment.at("/metadata/generation").asLong()
        && deployment.at("/status/conditions/1/reason").asText().equals("NewReplicaSetAvailable");
  }

  /** Writes it where it differs; the generation is that of {@code seen}. */
  void write(ObjectStore.Place place, ObjectNode seen, Counts counts) {
    store.exclusively(
        () -> {
          Optional<ObjectNode> found = store.find(place);
          if (found.isEmpty()) {
            return null;
          }
          ObjectNode deployment = found.get();
          ObjectNode changed = deployment.deepCopy();
          fill(changed.withObject("/status"), seen, counts, idle(place, seen, counts));
          return changed.equals(deployment) ? null : store.put(place, changed);
        });
  }

  private static void fill(ObjectNode status, ObjectNode seen, Counts counts, Duration idle) {
    status.put("observedGeneration", seen.at("/metadata/generation").asLong());
    status.put("replicas", counts.all());
    status.put("updatedReplicas", counts.updated());
    status.put("readyReplicas", counts.ready());
    status.put("availableReplicas", counts.ready());
    status.put("unavailableReplicas", Math.max(0, counts.all() - counts.ready()));
    ArrayNode conditions = status.withArray("/conditions");
    boolean available = counts.ready() >= counts.wanted();
    condition(
        conditions,
        "Available",
        available ? "True" : "False",
        available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable");
    progressing(conditions, seen, counts, idle);
  }

  private static void progressing(
      ArrayNode conditions, ObjectNode seen, Counts counts, Duration idle) {
    long deadline = seen.at("/spec/progressDeadlineSeconds").asLong(600);
    if (counts.complete()) {
      condition(conditions, "Progressing", "True", "NewReplicaSetAvailable");
    } else if (seen.at("/spec/paused").asBoolean()) {
      condition(conditions, "Progressing", "Unknown", "DeploymentPaused");
    } else if (idle.toSeconds() >= deadline) {
      condition(conditions, "Progressing", "False", "ProgressDeadlineExceeded");
    } else {
      condition(conditions, "Progressing", "True", "ReplicaSetUpdated");
    }
  }

  private Duration idle(ObjectStore.Place place, ObjectNode seen, Counts counts) {
    long generation = seen.at("/metadata/generation").asLong();
    Progress last = progress.get(place.key());
    if (last == null || last.generation() != generation || !last.counts().equals(counts)) {
      last = new Progress(generation, counts, Instant.now());
      progress.put(place.key(), last);
    }
    return Duration.between(last.at(), Instant.now());
  }

  private static void condition(ArrayNode conditions, String type, String status, String reason) {
    ObjectNode condition = null;
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).path("type").asText().equals(type)) {
        condition = (ObjectNode) conditions.get(i);
      }
    }
    if (condition == null) {
      condition = conditions.addObject().put("type", type);
    }
    if (!condition.path("reason").asText().equals(reason)) {
      condition.put("status", status).put("reason", reason);
      condition.put("message", "simulated: " + reason).put("lastUpdateTime", ObjectStore.now());
    }
  }
}
