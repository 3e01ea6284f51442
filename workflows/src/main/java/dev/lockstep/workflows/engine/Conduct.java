package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Preparation;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** The main line of a run: prepares, walks through the plan, settles or undoes. */
final class Conduct {
  private final String kind;
  private final Request request;
  private final RunBook book;
  private final Orders orders;
  private final Signboard signboard;
  private final Outcomes outcomes;
  private final Walk walk;

  Conduct(String kind, Request request, RunBook book, Orders orders, Signboard signboard) {
    this.kind = kind;
    this.request = request;
    this.book = book;
    this.orders = orders;
    this.signboard = signboard;
    this.outcomes = new Outcomes(book);
    this.walk = new Walk(book, orders, signboard, stepsAHistory());
  }

  int stepsAHistory() {
    return request
        .continued()
        .map(Continued::stepsAHistory)
        .orElse(ActivityPolicies.STEPS_A_HISTORY);
  }

  /** Runs to the end; empty: the rest belongs into a new history. */
  Optional<RunOutcome> run() {
    signboard.show();
    if (request.continued().isPresent()) {
      return walk();
    }
    Optional<Prepared> prepared =
        new Preparing(orders, signboard)
            .prepare(new Preparation(request.tree(), kind, Workflow.getInfo().getWorkflowId()));
    if (prepared.isEmpty()) {
      return Optional.of(undone());
    }
    Prepared found = prepared.get();
    if (found.state() == Prepared.State.ALREADY_DONE) {
      return Optional.of(unchanged(outcomes.alreadyDone(found)));
    }
    book.open(found);
    if (request.dryRun()) {
      return Optional.of(unchanged(outcomes.dry(found)));
    }
    return found.state() == Prepared.State.UNDOING ? Optional.of(undone()) : walk();
  }

  private Optional<RunOutcome> walk() {
    return switch (walk.toTheEnd()) {
      case CONTINUED -> Optional.empty();
      case DONE -> Optional.of(settle());
      case STOPPED -> Optional.of(book.returnPassed().isPresent() ? leftOpen() : undone());
    };
  }

  /** After the last step nothing is undone any more: only the record has to learn of the end. */
  private RunOutcome settle() {
    book.passReturn(Records.SETTLE);
    Records records = Records.of(book, new Calls(orders));
    while (true) {
      Optional<Fault> fault = records.settle(RunState.SUCCEEDED);
      if (fault.isEmpty()) {
        break;
      }
      if (book.preparedOrThrow().copy().isPresent()) {
        return notProven(fault.get());
      }
      if (walk.hold(fault.get(), Walk.Skip.REFUSED) == Walk.Reaction.END) {
        return leftOpen();
      }
    }
    book.state(RunState.SUCCEEDED);
    return end(outcomes.succeeded());
  }

  /** Everything was done, and yet it is not what it was for: nobody waits for an answer to that. */
  private RunOutcome notProven(Fault fault) {
    book.faults.add(fault);
    book.state(RunState.FAILED);
    return end(outcomes.notProven(fault));
  }

  private RunOutcome undone() {
    reasonToStop().ifPresent(book.faults::add);
    RunState state = new Rollback(book, orders, signboard).undoAll();
    book.state(state);
    return end(outcomes.undone(state));
  }

  private RunOutcome leftOpen() {
    reasonToStop().ifPresent(book.faults::add);
    book.state(RunState.FAILED);
    return end(outcomes.leftOpen());
  }

  private Optional<Fault> reasonToStop() {
    Optional<Control.Abort> abort = orders.abort();
    if (abort.isPresent()) {
      String who = Status.said(abort.get().by(), abort.get().reason());
      String how = orders.reverts() ? "reverted by " : "aborted by ";
      return Optional.of(Fault.of(FaultCode.RUN_ABORTED, how + who, ""));
    }
    return orders.cancelled()
        ? Optional.of(Fault.of(FaultCode.RUN_CANCELLED, "the workflow was cancelled", ""))
        : Optional.empty();
  }

  /** Nothing was done, so that search attributes and memo stay as they are. */
  private RunOutcome unchanged(RunOutcome outcome) {
    book.state(outcome.state());
    signboard.post();
    return outcome;
  }

  private RunOutcome end(RunOutcome outcome) {
    signboard.end(outcome.message());
    return outcome;
  }
}
