package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.api.RunState;
import java.util.ArrayList;
import java.util.List;

/** What a run can be told as it stands. The same rules as those of {@link Refusals}. */
final class Decisions {
  private final RunBook book;
  private final Orders orders;

  Decisions(RunBook book, Orders orders) {
    this.book = book;
    this.orders = orders;
  }

  /**
   * One way to decide.
   *
   * @param words as the command takes them, such as {@code approve contract}
   * @param update the update's name
   * @param input the update's input, JSON
   */
  record Decision(String words, String update, String input) {}

  /** Every decision that would be taken now; what is waited for comes first. */
  List<Decision> open() {
    List<Decision> open = new ArrayList<>();
    book.gates
        .waitingAt()
        .filter(gate -> !book.gates.isApproved(gate))
        .ifPresent(
            gate ->
                open.add(
                    new Decision("approve " + gate, "approve", "{\"gate\": \"" + gate + "\"}")));
    if (book.state() == RunState.HELD && orders.answer().isEmpty() && !orders.stops()) {
      open.add(new Decision("retry", "retry", "{}"));
      book.step()
          .filter(step -> book.canSkip())
          .ifPresent(
              step ->
                  open.add(new Decision("skip " + step, "skip", "{\"step\": \"" + step + "\"}")));
    }
    if (isGoingOn() && orders.pause().isPresent()) {
      open.add(new Decision("resume", "resume", "{}"));
    } else if (canPause()) {
      open.add(new Decision("pause", "pause", "{\"reason\": \"…\"}"));
    }
    if (canAbort() && book.isInRevertWindow()) {
      open.add(new Decision("revert", "revert", "{\"reason\": \"…\"}"));
    }
    if (canAbort()) {
      open.add(new Decision("abort", "abort", "{\"reason\": \"…\"}"));
    }
    if (book.limits().isPresent() && !book.state().isFinal()) {
      open.add(new Decision("tune", "tune", "{\"batchDuration\": \"100ms\"}"));
    }
    return open;
  }

  private boolean canPause() {
    boolean atWork = book.state() == RunState.RUNNING || book.state() == RunState.WAITING;
    return isGoingOn() && atWork && !book.isSettling();
  }

  private boolean canAbort() {
    return isGoingOn() && book.returnPassed().isEmpty();
  }

  private boolean isGoingOn() {
    return !orders.stops() && book.state() != RunState.ROLLING_BACK && !book.state().isFinal();
  }
}
