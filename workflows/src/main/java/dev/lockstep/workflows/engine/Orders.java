package dev.lockstep.workflows.engine;

import dev.lockstep.workflows.api.Control;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What people asked for and the main line has not answered yet. The controls write it, the main
 * line reads it; both run in the workflow's own turn, never at once.
 */
final class Orders {
  private BooleanSupplier cancelled = () -> false;
  private Optional<Control.Pause> pause = Optional.empty();
  private Optional<Control.Abort> abort = Optional.empty();
  private Optional<Answer> answer = Optional.empty();
  private boolean reverts;
  private boolean tuned;

  /** What a held run was told. */
  enum Answer {
    /** Does the step again. */
    RETRY,
    /** Goes on without the step. */
    SKIP
  }

  /** Names the source of the wish to cancel the workflow itself. */
  void watch(BooleanSupplier cancellation) {
    cancelled = cancellation;
  }

  boolean cancelled() {
    return cancelled.getAsBoolean();
  }

  Optional<Control.Pause> pause() {
    return pause;
  }

  void pause(Control.Pause wish) {
    pause = Optional.of(wish);
  }

  void resume() {
    pause = Optional.empty();
  }

  Optional<Control.Abort> abort() {
    return abort;
  }

  void abort(Control.Abort wish) {
    abort = Optional.of(wish);
  }

  /** An abort by another name, in the place where nothing that came later is lost by it. */
  void revert(Control.Revert wish) {
    abort = Optional.of(new Control.Abort(wish.by(), wish.reason()));
    reverts = true;
  }

  /** Whether the abort was called a revert. */
  boolean reverts() {
    return reverts;
  }

  Optional<Answer> answer() {
    return answer;
  }

  void answer(Answer given) {
    answer = Optional.of(given);
  }

  /** The answer, which counts once. */
  Answer takeAnswer() {
    Answer taken = answer.orElse(Answer.RETRY);
    answer = Optional.empty();
    return taken;
  }

  void tuned() {
    tuned = true;
  }

  /** An activity begins with the limits of now. */
  void limitsTaken() {
    tuned = false;
  }

  /** Whether the run shall end without doing the rest. */
  boolean stops() {
    return abort.isPresent() || cancelled();
  }

  /** Whether new limits are all that is asked for. */
  boolean onlyTuned() {
    return tuned && !stops() && pause.isEmpty();
  }

  /** Whether a running activity shall stop, to be begun again later or never. */
  boolean interrupts() {
    return stops() || pause.isPresent() || tuned;
  }
}
