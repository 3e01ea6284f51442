package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Scales a Deployment to no pod.
 *
 * <ol>
 *   <li>A note of another backup is a conflict. One of an earlier run of this backup is taken over,
 *       with the replicas that it names, unless somebody scaled the Deployment up since.
 *   <li>Replicas and note are set by one request, so that neither is ever there without the other.
 *   <li>Waits until no pod is left, also none that is ending.
 * </ol>
 *
 * Killed anywhere, the next call goes on. Scaled up by somebody else meanwhile is a conflict.
 */
final class StopWorkload {
  /** Pods in these phases do nothing any more. */
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final RunObjects objects;
  private final BackupStep.StopWorkload step;
  private final Deployments deployments;
  private final Looks looks;

  StopWorkload(
      RunObjects objects, BackupStep.StopWorkload step, Deployments deployments, Looks looks) {
    this.objects = objects;
    this.step = step;
    this.deployments = deployments;
    this.looks = looks;
  }

  StepOutcome run() {
    Deployment now = deployments.read();
    Optional<QuiesceNote> noted = QuiesceNote.findOwn(objects, now, step.backup());
    boolean ours = noted.filter(note -> note.run().equals(objects.run().id())).isPresent();
    if (ours && replicas(now) != 0) {
      throw scaledUp(now);
    }
    String before =
        noted
            .filter(note -> replicas(now) == 0)
            .map(QuiesceNote::before)
            .orElseGet(() -> String.valueOf(replicas(now)));
    if (!ours) {
      Patches patch = new Patches();
      QuiesceNote note = new QuiesceNote(step.backup(), objects.run().id(), before);
      patch.annotations().put(QuiesceNote.NAME, note.json());
      patch.spec().put("replicas", 0);
      objects.patch(now, patch);
    }
    List<String> left = looks.until(this::reasons);
    if (!left.isEmpty()) {
      throw objects.failure(
          FaultCode.QUIESCE_FAILED,
          "%s does not stand still within %s: %s"
              .formatted(step.workload(), looks.limit(), String.join("; ", left)));
    }
    TreeMap<String, Long> figures = new TreeMap<>();
    figures.put("pods", Long.valueOf(before));
    figures.put("durationMillis", looks.elapsedMillis());
    return new StepOutcome(false, figures);
  }

  private List<String> reasons() {
    Deployment now = deployments.read();
    if (replicas(now) != 0) {
      throw scaledUp(now);
    }
    return pods(now).stream()
        .filter(pod -> pod.getStatus() == null || !ENDED.contains(pod.getStatus().getPhase()))
        .map(pod -> "pod " + pod.getMetadata().getName() + " still runs")
        .toList();
  }

  private RuntimeException scaledUp(Deployment now) {
    return objects.failure(
        FaultCode.WORKLOAD_CHANGED,
        "%s was scaled to %d by somebody else while it was to stand still"
            .formatted(step.workload(), replicas(now)));
  }

  private List<Pod> pods(Deployment of) {
    return objects.call(
        "listing the pods of " + step.workload(),
        () ->
            objects
                .client()
                .pods()
                .inNamespace(step.workload().namespace())
                .withLabelSelector(of.getSpec().getSelector())
                .list()
                .getItems());
  }

  static int replicas(Deployment of) {
    return Optional.ofNullable(of.getSpec().getReplicas()).orElse(1);
  }
}
