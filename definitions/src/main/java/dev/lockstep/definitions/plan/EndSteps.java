package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.ContractPolicy;
import java.time.Duration;

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
    contract();
    if (hides()) {
      window();
    }
    finish(steps);
  }

  /** Also before a finish alone: what drops a trigger must not meet clients that need it. */
  private void gate() {
    ContractPolicy policy = compilation.ground.migration().contract();
    policy
        .oldApplicationName()
        .ifPresent(
            pattern ->
                steps.add(
                    Phase.GATE,
                    "old-clients",
                    Work.of(
                        "waits until no session is named like " + pattern,
                        new Action.AwaitOldClients(pattern),
                        Undo.nothing("waiting changes nothing"))));
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

  private boolean hides() {
    return !compilation.dropped.isEmpty()
        || compilation.drafts.values().stream().anyMatch(d -> !d.hidden.isEmpty());
  }

  private boolean contracts() {
    return hides()
        || !compilation.contractStatements.isEmpty()
        || compilation.drafts.values().stream().anyMatch(d -> !d.contract.isEmpty());
  }

  private void contract() {
    ContractSteps contract = new ContractSteps(compilation, steps);
    compilation.drafts.values().forEach(contract::add);
    compilation.dropped.forEach(contract::hideTable);
    compilation.contractStatements.forEach(n -> steps.add(Phase.CONTRACT, n.what(), n.work()));
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
