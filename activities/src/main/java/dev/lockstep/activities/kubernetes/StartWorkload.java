package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives a Deployment the replicas back that it had before {@link StopWorkload}.
 *
 * <ol>
 *   <li>No note of this backup, or no Deployment: it does not stand still. Nothing is done.
 *   <li>Other replicas than none were set by somebody else, or by a call that died: they stay.
 *   <li>Waits until they are available, at most for the time given: pods that do not come up are no
 *       reason to throw a backup away, and the figures tell it.
 *   <li>Removes the note.
 * </ol>
 */
final class StartWorkload {
  private final RunObjects objects;
  private final BackupStep.StartWorkload step;
  private final Deployments deployments;
  private final Looks looks;

  StartWorkload(
      RunObjects objects, BackupStep.StartWorkload step, Deployments deployments, Looks looks) {
    this.objects = objects;
    this.step = step;
    this.deployments = deployments;
    this.looks = looks;
  }

  StepOutcome run() {
    Optional<Deployment> found = deployments.find();
    Optional<QuiesceNote> note =
        found
            .flatMap(now -> QuiesceNote.find(objects, now))
            .filter(it -> it.backup().equals(step.backup()));
    if (found.isEmpty() || note.isEmpty()) {
      return new StepOutcome(true, new TreeMap<>());
    }
    if (StopWorkload.replicas(found.get()) == 0) {
      Patches patch = new Patches();
      patch.spec().put("replicas", before(note.get()));
      objects.patch(found.get(), patch);
    }
    looks.until(this::reasons);
    deployments.removeAnnotation(QuiesceNote.NAME);
    return outcome();
  }

  private int before(QuiesceNote note) {
    try {
      return Integer.parseInt(note.before());
    } catch (NumberFormatException e) {
      throw objects.failure(
          FaultCode.WORKLOAD_CHANGED,
          "the note on %s names no number of replicas: %s"
              .formatted(step.workload(), note.before()));
    }
  }

  private List<String> reasons() {
    return deployments
        .find()
        .map(DeploymentProgress::of)
        .filter(progress -> progress.available() < progress.wanted())
        .map(
            progress ->
                List.of(
                    "%d of %d pods of %s are available"
                        .formatted(progress.available(), progress.wanted(), step.workload())))
        .orElse(List.of());
  }

  private StepOutcome outcome() {
    TreeMap<String, Long> figures = new TreeMap<>();
    deployments
        .find()
        .map(DeploymentProgress::of)
        .ifPresent(
            progress -> {
              figures.put("pods", (long) progress.wanted());
              figures.put("available", (long) progress.available());
            });
    figures.put("durationMillis", looks.elapsedMillis());
    return new StepOutcome(false, figures);
  }
}
