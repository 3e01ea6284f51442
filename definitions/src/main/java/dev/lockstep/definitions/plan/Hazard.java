package dev.lockstep.definitions.plan;

import java.util.Optional;

/**
 * Something that may hurt, found in the plan.
 *
 * @param code stable name, such as {@code FOREIGN_KEY_WITHOUT_INDEX}
 * @param message names the thing and the figures
 * @param fix what would make it harmless
 * @param allowed the author's reason, where the definition accepts it
 */
public record Hazard(
    String code, Level level, String message, String fix, Optional<String> allowed) {
  /** How much it matters. */
  public enum Level {
    /** Worth knowing. */
    NOTE,
    /** Likely to be noticed by somebody. */
    WARNING,
    /** No run unless the definition allows it. */
    STOP
  }
}
