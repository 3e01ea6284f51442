package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.LedgerActivities;
import dev.lockstep.workflows.contract.Settlement;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/** The ledger in the target database: its calls that are no steps of the plan. */
final class LedgerCalls implements Records {
  private final RunBook book;
  private final Calls calls;

  LedgerCalls(RunBook book, Calls calls) {
    this.book = book;
    this.calls = calls;
  }

  @Override
  public Optional<Fault> beginUndo() {
    Call call = new Call("undo", "Record that undoing begins", ActivityPolicies.LEDGER);
    LedgerActivities ledger = ledger(call);
    return calls
        .certain(
            call,
            () ->
                Async.procedure(ledger::beginUndo, book.scope(call.step()))
                    .thenApply(nothing -> Boolean.TRUE))
        .fault();
  }

  @Override
  public List<Fault> differences() {
    Call call = new Call("undo", "Compare the schema with before", ActivityPolicies.LEDGER);
    LedgerActivities ledger = ledger(call);
    Calls.Ended<List<String>> ended =
        calls.certain(call, () -> Async.function(ledger::compareSchema, book.scope(call.step())));
    return ended
        .fault()
        .map(List::of)
        .orElseGet(
            () ->
                ended.value().orElse(List.of()).stream()
                    .map(line -> Fault.of(FaultCode.SCHEMA_DIFFERS, line, ""))
                    .toList());
  }

  @Override
  public Optional<Fault> settle(RunState state) {
    book.focus(SETTLE);
    Call call = new Call(SETTLE, "Record the end: " + state, ActivityPolicies.LEDGER);
    LedgerActivities ledger = ledger(call);
    Settlement settlement =
        new Settlement(book.scope(SETTLE), state, book.faults.first().map(LedgerCalls::line));
    return calls
        .certain(
            call,
            () -> Async.procedure(ledger::settle, settlement).thenApply(nothing -> Boolean.TRUE))
        .fault();
  }

  private static String line(Fault fault) {
    return fault.code() + ": " + fault.message();
  }

  private static LedgerActivities ledger(Call call) {
    return Workflow.newActivityStub(LedgerActivities.class, call.options());
  }
}
