package dev.lockstep.activities.restore;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport.StepState;

/** The verdict of a drill, by how it ended and what it measured. */
final class DrillVerdict {
  private DrillVerdict() {}

  /**
   * What was measured speaks first where everything was restored and answered; else the fault does.
   *
   * @param evidence whose verdict does not count
   */
  static Verdict of(RunState state, Evidence evidence) {
    if (state != RunState.SUCCEEDED) {
      return evidence
          .fault()
          .map(fault -> Verdict.of(fault.code()))
          .orElse(Verdict.COULD_NOT_VERIFY);
    }
    if (evidence.rto().isMissed() || evidence.rpo().isMissed()) {
      return Verdict.FAILED;
    }
    return isProved(evidence) ? Verdict.VERIFIED : Verdict.COULD_NOT_VERIFY;
  }

  /** Whether nothing that was to be shown was left out. */
  private static boolean isProved(Evidence evidence) {
    return evidence.fault().isEmpty()
        && evidence.manifestSha256().isPresent()
        && evidence.rto().measured().isPresent()
        && !evidence.rto().isOpen()
        && !evidence.rpo().isOpen()
        && evidence.checks().stream().allMatch(check -> check.state() == StepState.DONE);
  }
}
