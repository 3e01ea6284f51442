package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
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
    return done(ranges());
  }

  /** Notes a range as done. */
  String done(int number) {
    return done(range(number));
  }

  /** Notes a range as done, where it is still the one that was worked on. */
  String done(RangeRecord worked) {
    return done(range(worked));
  }

  private static String done(String which) {
    return "UPDATE lockstep.ranges SET state = 'DONE', updated_at = clock_timestamp() WHERE "
        + which;
  }

  /** The condition that finds a range where it stands as expected. */
  String range(Standing standing) {
    return range(standing.number())
        + " AND position IS NOT DISTINCT FROM "
        + standing.position().map(key -> Quoted.text(key.text())).orElse("NULL");
  }

  /** The condition that finds a range where it has the bounds of this one. */
  String range(RangeRecord worked) {
    return range(worked.number()) + bound("low", worked.low()) + bound("high", worked.high());
  }

  private static String bound(String column, Optional<String> key) {
    return " AND " + column + " IS NOT DISTINCT FROM " + key.map(Quoted::text).orElse("NULL");
  }

  /** The condition that finds one range. */
  String range(int number) {
    return ranges() + " AND number = " + number;
  }

  private String ranges() {
    return "run_id = " + Quoted.text(run.id()) + " AND step_id = " + Quoted.text(step);
  }

  /**
   * A range and how far it is.
   *
   * @param position the last key that is done; absent: none is
   */
  record Standing(int number, Optional<Key> position) {}
}
