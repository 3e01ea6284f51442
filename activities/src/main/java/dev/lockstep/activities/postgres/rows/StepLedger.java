package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.workflows.contract.RunKey;
import java.util.Optional;

/**
 * Where the ledger holds the ranges of a step or of a part of it.
 *
 * @param step id of the step, or {@code step/part}
 */
record StepLedger(RunKey run, String step) {
  /** A part of the step with ranges of its own. */
  StepLedger part(String name) {
    return new StepLedger(run, step + "/" + name);
  }

  /** Notes every range as done. */
  String allDone() {
    return "UPDATE lockstep.ranges SET state = 'DONE', updated_at = clock_timestamp()"
        + " WHERE run_id = "
        + Quoted.text(run.id())
        + " AND step_id = "
        + Quoted.text(step);
  }

  /** The condition that finds a range where it stands as expected. */
  String range(Standing standing) {
    return range(standing.number())
        + " AND position IS NOT DISTINCT FROM "
        + standing.position().map(key -> Quoted.text(key.text())).orElse("NULL");
  }

  /** The condition that finds one range. */
  String range(int number) {
    return "run_id = "
        + Quoted.text(run.id())
        + " AND step_id = "
        + Quoted.text(step)
        + " AND number = "
        + number;
  }

  /**
   * A range and how far it is.
   *
   * @param position the last key that is done; absent: none is
   */
  record Standing(int number, Optional<Key> position) {}
}
