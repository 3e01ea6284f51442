package dev.lockstep.activities.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pods of a Deployment's earlier templates that still run. The Deployment's own status does not
 * count pods that are terminating, but the application in them works on until its grace period
 * ends; a schema must not change under it.
 */
final class OldPods {
  /** Counts the templates of a Deployment; set by the controller on each ReplicaSet. */
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final Deployments deployments;
  private final Deployment deployment;

  OldPods(Deployments deployments, Deployment deployment) {
    this.deployments = deployments;
    this.deployment = deployment;
  }

  /** One reason for waiting a pod; empty: only pods of the newest template run. */
  List<String> running() {
    List<ReplicaSet> sets =
        replicaSets().stream()
            .filter(set -> owner(set).filter(o -> o.equals(uid(deployment))).isPresent())
            .sorted(Comparator.comparingLong(OldPods::revision))
            .toList();
    Set<String> old =
        sets.stream()
            .limit(Math.max(0, sets.size() - 1))
            .map(OldPods::uid)
            .collect(Collectors.toSet());
    if (old.isEmpty()) {
      return List.of();
    }
    return pods().stream()
        .filter(pod -> owner(pod).filter(old::contains).isPresent())
        .filter(pod -> pod.getStatus() == null || !ENDED.contains(pod.getStatus().getPhase()))
        .map(OldPods::reason)
        .toList();
  }

  private List<ReplicaSet> replicaSets() {
    return KubernetesFaults.translating(
        "listing the ReplicaSets of " + deployments.reference(),
        deployments.step(),
        () ->
            deployments
                .client()
                .apps()
                .replicaSets()
                .inNamespace(deployments.reference().namespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems());
  }

  private List<Pod> pods() {
    return KubernetesFaults.translating(
        "listing the pods of " + deployments.reference(),
        deployments.step(),
        () ->
            deployments
                .client()
                .pods()
                .inNamespace(deployments.reference().namespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems());
  }

  private static String reason(Pod pod) {
    String state = pod.getMetadata().getDeletionTimestamp() == null ? "running" : "terminating";
    return "old pod " + pod.getMetadata().getName() + " is still " + state;
  }

  private static Optional<String> owner(HasMetadata owned) {
    return owned.getMetadata().getOwnerReferences().stream()
        .filter(o -> Boolean.TRUE.equals(o.getController()))
        .map(OwnerReference::getUid)
        .findFirst();
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }

  private static long revision(ReplicaSet set) {
    String revision = set.getMetadata().getAnnotations().getOrDefault(REVISION, "0");
    return revision.matches("\\d{1,18}") ? Long.parseLong(revision) : 0;
  }
}
