package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The ranges of a trial. */
public final class TrialChecks {
  /** Long enough to mean never. */
  public static final int MOST_ROLLBACKS = 1_000_000;

  /** A server tells of a rollback up to a second later. */
  static final Duration SHORTEST = Duration.ofSeconds(5);

  /** Nothing is usual in less. */
  static final Duration SHORTEST_COUNT = Duration.ofSeconds(1);

  /** What is longer is a revert window. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final String PATH = "spec.contract.trial.";

  private final List<Problem> problems;

  TrialChecks(List<Problem> problems) {
    this.problems = problems;
  }

  void check(Trial trial) {
    Ranges ranges = new Ranges(problems);
    ranges.check(PATH + "duration", trial.duration(), SHORTEST, LONGEST);
    ranges.check(PATH + "before", trial.before(), SHORTEST_COUNT, LONGEST);
    if (trial.maxRollbacks() < 0 || trial.maxRollbacks() > MOST_ROLLBACKS) {
      problems.add(
          Problem.at(
              PATH + "maxRollbacks",
              Code.VALUE_WRONG,
              "is " + trial.maxRollbacks() + "; wanted 0 to " + MOST_ROLLBACKS));
    }
    List<Problem> ofSignals = new ArrayList<>();
    new SignalChecks(ofSignals).check(trial.signals());
    ofSignals.forEach(
        problem ->
            problems.add(Problem.at(PATH + problem.path(), problem.code(), problem.message())));
  }
}
