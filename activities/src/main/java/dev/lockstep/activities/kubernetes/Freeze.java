package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Optional;

/**
 * Freezes by a command.
 *
 * <ol>
 *   <li>A note of another backup is a conflict; one of this backup names the pod.
 *   <li>Notes the pod, before anything is frozen.
 *   <li>Runs the command; again where an earlier call was cut off. A failure is not tried again:
 *       the undo thaws what may be frozen by half.
 * </ol>
 */
final class Freeze {
  private final FrozenPod pod;
  private final BackupStep.Freeze step;
  private final InPod commands;
  private final Reporter reporter;

  Freeze(FrozenPod pod, BackupStep.Freeze step, InPod commands, Reporter reporter) {
    this.pod = pod;
    this.step = step;
    this.commands = commands;
    this.reporter = reporter;
  }

  StepOutcome run() {
    Stopwatch stopwatch = new Stopwatch();
    StatefulSet now = pod.read();
    Optional<QuiesceNote> noted = QuiesceNote.findOwn(pod.objects(), now, step.backup());
    PodName chosen = pod.ready(noted.map(QuiesceNote::before));
    QuiesceNote note = new QuiesceNote(step.backup(), pod.objects().run().id(), chosen.name());
    if (!noted.equals(Optional.of(note))) {
      pod.note(now, note);
    }
    Optional<String> failed = commands.run(chosen, step.command(), step.limit(), reporter::alive);
    if (failed.isPresent()) {
      throw pod.objects()
          .failure(
              FaultCode.QUIESCE_FAILED,
              "the command that freezes pod %s failed: %s".formatted(chosen.name(), failed.get()));
    }
    return stopwatch.outcome();
  }
}
