package dev.lockstep.workflows.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.TreeMap;

/** Goes on with a run in a new history. */
final class Continuation {
  private final RunBook book;
  private final Orders orders;
  private final Signboard signboard;

  Continuation(RunBook book, Orders orders, Signboard signboard) {
    this.book = book;
    this.orders = orders;
    this.signboard = signboard;
  }

  /** Ends this history; never returns. */
  void begin(Request request, int stepsAHistory) {
    ObjectNode input = request.tree().deepCopy();
    input.set(Request.CONTINUED, Wire.tree(continued(stepsAHistory)));
    ContinueAsNewOptions options =
        ContinueAsNewOptions.newBuilder().setMemo(new TreeMap<>(signboard.memo())).build();
    Workflow.continueAsNew(options, input);
  }

  private Continued continued(int stepsAHistory) {
    return new Continued(
        book.preparedOrThrow(),
        book.limits().orElseGet(() -> book.plan().limits()),
        new Continued.Place(book.position(), book.claimed(), book.returnPassed()),
        new Continued.Past(
            book.undo.ids(),
            book.steps.reports(),
            book.faults.first(),
            book.faults.newestFirst(),
            book.verification.last()),
        new Continued.Said(List.of(), orders.pause(), book.gates.votes.all()),
        signboard.memo(),
        stepsAHistory);
  }
}
