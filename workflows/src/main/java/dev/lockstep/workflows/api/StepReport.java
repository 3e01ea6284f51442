package dev.lockstep.workflows.api;

import dev.lockstep.definitions.plan.Phase;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One step of a run.
 *
 * @param title the plan's sentence
 * @param started absent: not begun
 * @param ended absent: not ended
 */
public record StepReport(
    String id,
    Phase phase,
    String title,
    StepState state,
    Optional<Instant> started,
    Optional<Instant> ended,
    SortedMap<String, Long> figures) {
  public StepReport {
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
  }

  /** Where a step stands. */
  public enum StepState {
    /** Not begun, or stopped with something left to do. */
    PENDING,
    /** Being done. */
    RUNNING,
    /** Done. */
    DONE,
    /** Failed. */
    FAILED,
    /** Left out by a person. */
    SKIPPED,
    /** Done and taken back. */
    UNDONE,
    /** Could not be taken back. */
    UNDO_FAILED
  }
}
