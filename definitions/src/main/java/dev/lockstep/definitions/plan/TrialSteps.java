package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Trial;

/** What stands around the steps that hide old names where they are hidden on trial first. */
final class TrialSteps {
  /** The gate that ends a trial early. */
  private static final String GATE = "trial";

  private final Trial trial;
  private final StepList steps;

  TrialSteps(Trial trial, StepList steps) {
    this.trial = trial;
    this.steps = steps;
  }

  /**
   * Adds the count before.
   *
   * @param gate where the run waits after a trial that failed
   * @return its id
   */
  String before(String gate) {
    return steps.add(
        Phase.GATE,
        "before-trial",
        Work.of(
            "counts for " + trial.before().toSeconds() + " s how often transactions fail",
            new Action.BeforeTrial(gate, trial.before(), trial.signals()),
            Undo.nothing("counting changes nothing")));
  }

  /**
   * Adds the trial.
   *
   * @param before id of the count
   */
  void after(String before) {
    steps.add(
        Phase.CONTRACT,
        "trial",
        Work.of(
            "watches for "
                + trial.duration().toSeconds()
                + " s whether clients fail; where they do, the old names come back",
            new Action.Trial(GATE, before, trial.duration(), trial.maxRollbacks(), trial.signals()),
            Undo.nothing("watching changes nothing")));
  }
}
