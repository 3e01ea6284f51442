package dev.lockstep.activities.backup;

import java.util.List;

/**
 * What retention decides on one backup.
 *
 * @param reasons for people; at least one
 */
public record Decision(Candidate candidate, Verdict verdict, List<String> reasons) {
  public Decision {
    reasons = List.copyOf(reasons);
  }

  /** What becomes of it. */
  public enum Verdict {
    /** It stays. */
    KEPT,
    /** It is removed. */
    PRUNED
  }
}
