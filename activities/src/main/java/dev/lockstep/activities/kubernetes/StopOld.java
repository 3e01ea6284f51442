package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Scales a StatefulSet to nothing and waits for its last pod. Its claims stay, also where it would
 * give them up when it is scaled. How many replicas it had is noted in an annotation, for people.
 */
final class StopOld {
  static final String REPLICAS_BEFORE = "lockstep.dev/replicas-before";

  private final RunObjects objects;
  private final BackupStep.StopOld step;
  private final Looks looks;

  StopOld(RunObjects objects, BackupStep.StopOld step, Looks looks) {
    this.objects = objects;
    this.step = step;
    this.looks = looks;
  }

  StepOutcome run() {
    Optional<StatefulSet> found = find();
    if (found.isEmpty()) {
      return new StepOutcome(true, new TreeMap<>());
    }
    boolean stopped = replicas(found.get()) == 0;
    if (!stopped) {
      stop(found.get());
    }
    List<String> left = looks.until(() -> reasons(found.get()));
    if (!left.isEmpty()) {
      throw objects.failure(
          FaultCode.INSTANCE_UNEXPECTED,
          RunObjects.name(found.get())
              + " has not stopped within "
              + looks.limit()
              + ": "
              + String.join("; ", left));
    }
    return new StepOutcome(stopped, new TreeMap<>(Map.of("durationMillis", looks.elapsedMillis())));
  }

  private void stop(StatefulSet now) {
    Patches patch = new Patches();
    patch.annotations().put(REPLICAS_BEFORE, String.valueOf(replicas(now)));
    patch.spec().put("replicas", 0);
    if (now.getSpec().getPersistentVolumeClaimRetentionPolicy() != null) {
      patch.spec().putObject("persistentVolumeClaimRetentionPolicy").put("whenScaled", "Retain");
    }
    objects.patch(now, patch);
  }

  private List<String> reasons(StatefulSet stopping) {
    find()
        .filter(now -> replicas(now) != 0)
        .ifPresent(
            now -> {
              throw objects.failure(
                  FaultCode.WORKLOAD_CHANGED,
                  RunObjects.name(now)
                      + " was scaled to "
                      + replicas(now)
                      + " by somebody else while it was stopped");
            });
    return pods(stopping).stream()
        .filter(
            pod ->
                pod.getMetadata().getOwnerReferences().stream()
                    .anyMatch(it -> stopping.getMetadata().getUid().equals(it.getUid())))
        .map(pod -> "pod " + pod.getMetadata().getName() + " still runs")
        .toList();
  }

  private List<Pod> pods(StatefulSet of) {
    return objects.call(
        "listing the pods of " + RunObjects.name(of),
        () ->
            objects
                .client()
                .pods()
                .inNamespace(step.namespace())
                .withLabelSelector(of.getSpec().getSelector())
                .list()
                .getItems());
  }

  private Optional<StatefulSet> find() {
    return Optional.ofNullable(
        objects.call(
            "reading StatefulSet " + step.namespace() + "/" + step.statefulSet(),
            () ->
                objects
                    .client()
                    .apps()
                    .statefulSets()
                    .inNamespace(step.namespace())
                    .withName(step.statefulSet())
                    .get()));
  }

  private static int replicas(StatefulSet of) {
    return Optional.ofNullable(of.getSpec().getReplicas()).orElse(1);
  }
}
