package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.OldClients;
import dev.lockstep.definitions.model.OldClients.ConnectedBefore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gate, contract, the revert window and finish. */
final class EndSteps {
  /** The gate that the contract policy names. */
  private static final String GATE = "contract";

  private final Compilation compilation;
  private final StepList steps;

  EndSteps(Compilation compilation, StepList steps) {
    this.compilation = compilation;
    this.steps = steps;
  }

  void add() {
    StepList ending = new StepList();
    finish(ending);
    boolean finishes = !ending.steps().isEmpty();
    if (finishes || contracts()) {
      gate();
    }
    hide();
    compilation.contractStatements.forEach(n -> steps.add(Phase.CONTRACT, n.what(), n.work()));
    if (hides()) {
      window();
    }
    finish(steps);
  }

  /** Also before a finish alone: what drops a trigger must not meet clients that need it. */
  private void gate() {
    ContractPolicy policy = compilation.ground.migration().contract();
    policy.oldClients().ifPresent(this::oldClients);
    if (policy.approval() == ContractPolicy.Approval.REQUIRED) {
      steps.add(
          Phase.GATE,
          "approve-" + GATE,
          Work.of(
              "waits for approve with gate " + GATE,
              new Action.Approve(GATE),
              Undo.nothing("an approval changes nothing")));
    }
  }

  private void oldClients(OldClients old) {
    Optional<String> noted = old.connectedBefore().flatMap(this::note);
    List<String> told = new ArrayList<>();
    old.applicationName().ifPresent(pattern -> told.add("is named like " + pattern));
    old.user().ifPresent(pattern -> told.add("has a user like " + pattern));
    old.connectedBefore().ifPresent(time -> told.add("began before " + named(time)));
    steps.add(
        Phase.GATE,
        "old-clients",
        Work.of(
            "waits until no session " + String.join(" and ", told),
            new Action.AwaitOldClients(old.applicationName(), old.user(), noted),
            Undo.nothing("waiting changes nothing")));
  }

  /** A question that is always answered: what counts is when the ledger notes it, by its clock. */
  private Optional<String> note(ConnectedBefore time) {
    return steps.addBeside(
        Action.RollOut.class,
        time == ConnectedBefore.ROLLOUT_START ? StepList.Side.BEFORE : StepList.Side.AFTER,
        time == ConnectedBefore.ROLLOUT_START ? "note-rollout-start" : "note-rollout-end",
        Work.of(
            "notes the time of " + named(time),
            new Action.Ask("the time of " + named(time), "SELECT 1", "1"),
            Undo.nothing("a note changes nothing")));
  }

  private static String named(ConnectedBefore time) {
    return switch (time) {
      case ROLLOUT_START -> "the start of the last rollout";
      case ROLLOUT_END -> "the end of the last rollout";
    };
  }

  private boolean hides() {
    return !compilation.dropped.isEmpty()
        || compilation.drafts.values().stream().anyMatch(d -> !d.hidden.isEmpty());
  }

  private boolean contracts() {
    return hides()
        || !compilation.contractStatements.isEmpty()
        || compilation.drafts.values().stream().anyMatch(d -> !d.contract.isEmpty());
  }

  /** The author's own statements come after a trial: their undo may not be good for a second go. */
  private void hide() {
    Optional<TrialSteps> trial =
        compilation
            .ground
            .migration()
            .contract()
            .trial()
            .filter(wanted -> hides())
            .map(wanted -> new TrialSteps(wanted, steps));
    Optional<String> before = trial.map(steps -> steps.before(GATE));
    ContractSteps contract = new ContractSteps(compilation, steps);
    compilation.drafts.values().forEach(contract::add);
    compilation.dropped.forEach(contract::hideTable);
    trial.ifPresent(steps -> before.ifPresent(steps::after));
  }

  private void window() {
    Duration window = compilation.ground.migration().contract().revertWindow();
    if (window.isZero() || window.isNegative()) {
      return;
    }
    steps.add(
        Phase.CONTRACT,
        "revert-window",
        Work.of(
            "keeps what is hidden, so that it can come back",
            new Action.Pause(window),
            Undo.nothing("waiting changes nothing")));
  }

  private void finish(StepList into) {
    FinishSteps finish = new FinishSteps(compilation, into);
    finish.add(compilation.drafts.values());
    compilation.removals.forEach(n -> into.add(Phase.FINISH, n.what(), n.work()));
    finish.dropTables(compilation.dropped);
  }
}
