package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Thaws by a command, in the noted pod, or in another ready one where that is gone: what was frozen
 * may outlive it. Without a note of this backup nothing is frozen. A failure is tried again, until
 * the attempts of the step are over; the note stays so long.
 */
final class Thaw {
  private final FrozenPod pod;
  private final BackupStep.Thaw step;
  private final InPod commands;
  private final Reporter reporter;

  Thaw(FrozenPod pod, BackupStep.Thaw step, InPod commands, Reporter reporter) {
    this.pod = pod;
    this.step = step;
    this.commands = commands;
    this.reporter = reporter;
  }

  StepOutcome run() {
    Stopwatch stopwatch = new Stopwatch();
    Optional<QuiesceNote> note =
        pod.find()
            .flatMap(now -> QuiesceNote.find(pod.objects(), now))
            .filter(it -> it.backup().equals(step.backup()));
    if (note.isEmpty()) {
      return new StepOutcome(true, new TreeMap<>());
    }
    PodName frozen = chosen(note.get());
    Optional<String> failed = commands.run(frozen, step.command(), step.limit(), reporter::alive);
    if (failed.isPresent()) {
      throw pod.objects()
          .failure(
              FaultCode.THAW_FAILED,
              "the command that thaws pod %s failed: %s".formatted(frozen.name(), failed.get()));
    }
    pod.removeNote();
    return stopwatch.outcome();
  }

  /** That no pod is ready is no end of the wait, as it would be for a freeze. */
  private PodName chosen(QuiesceNote note) {
    try {
      return pod.ready(Optional.of(note.before()));
    } catch (ApplicationFailure e) {
      throw FaultCode.WORKLOAD_UNKNOWN.name().equals(e.getType())
          ? pod.objects().failure(FaultCode.THAW_FAILED, e.getOriginalMessage())
          : e;
    }
  }
}
