package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.Control.Taken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes what people say. It only notes it: the main line acts. */
final class Controls {
  private final RunBook book;
  private final Orders orders;
  private final Signboard signboard;

  Controls(RunBook book, Orders orders, Signboard signboard) {
    this.book = book;
    this.orders = orders;
    this.signboard = signboard;
  }

  Taken pause(Control.@Nullable Pause pause) {
    orders.pause(pause == null ? new Control.Pause(Optional.empty(), Optional.empty()) : pause);
    return taken("stops at the next batch or step");
  }

  Taken resume() {
    orders.resume();
    return taken("goes on");
  }

  Taken approve(Control.@Nullable Approve approve) {
    if (approve == null) {
      return taken("approved");
    }
    book.gates.votes.add(approve.gate(), Votes.name(approve.by()));
    return taken(
        book.gates
            .votes
            .progress(approve.gate())
            .map(far -> "approved: " + far)
            .orElse("approved"));
  }

  Taken retry() {
    orders.answer(Orders.Answer.RETRY);
    return taken("does the step again");
  }

  Taken skip() {
    orders.answer(Orders.Answer.SKIP);
    return taken("goes on without the step");
  }

  Taken abort(Control.@Nullable Abort abort) {
    orders.abort(abort == null ? new Control.Abort(Optional.empty(), Optional.empty()) : abort);
    return taken("stops and rolls back");
  }

  Taken revert(Control.@Nullable Revert revert) {
    orders.revert(revert == null ? new Control.Revert(Optional.empty(), Optional.empty()) : revert);
    return taken("brings the old schema back");
  }

  Taken tune(Control.@Nullable Tune tune) {
    Optional<Limits> old = book.limits();
    if (tune != null && old.isPresent()) {
      book.limits(Tuning.of(old.get(), tune));
      orders.tuned();
    }
    return taken("new limits from the next batch");
  }

  private Taken taken(String message) {
    signboard.post();
    return new Taken(book.state(), message);
  }
}
