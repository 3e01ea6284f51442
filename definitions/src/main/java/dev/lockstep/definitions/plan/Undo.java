package dev.lockstep.definitions.plan;

import java.util.Optional;

/**
 * How a step is taken back.
 *
 * @param sentence for people, in the imperative
 * @param action absent: nothing has to be done
 */
public record Undo(String sentence, Optional<Action> action) {
  /** For a step that leaves nothing behind. */
  public static Undo nothing(String why) {
    return new Undo(why, Optional.empty());
  }

  /** For a step that is taken back by another action. */
  public static Undo by(String sentence, Action action) {
    return new Undo(sentence, Optional.of(action));
  }
}
