package dev.lockstep.workflows.contract;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a step did.
 *
 * @param alreadyDone whether the ledger says that it was done before; nothing was done now, and the
 *     figures are those of that time
 * @param figures by name, a unit in each name that needs one: {@code rows}, {@code batches}, {@code
 *     batchesRepeated}, {@code mismatches}, {@code repaired}, {@code lockWaitMillis}, {@code
 *     durationMillis}, {@code blockersTerminated}, {@code blockersCancelled}
 */
public record StepOutcome(boolean alreadyDone, SortedMap<String, Long> figures) {
  public StepOutcome {
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
  }

  /** Done now, with nothing to count. */
  public static StepOutcome done() {
    return new StepOutcome(false, new TreeMap<>());
  }
}
