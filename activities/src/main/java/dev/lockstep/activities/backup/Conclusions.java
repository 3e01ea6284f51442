package dev.lockstep.activities.backup;

import dev.lockstep.workflows.contract.Conclusion;

/** Records how runs of backups, restores and drills ended. */
@FunctionalInterface
public interface Conclusions {
  /** Records one; the same one may come again. */
  void conclude(Conclusion conclusion);
}
