package dev.lockstep.worker.report.page;

import java.util.Locale;

/** How good a value is. Never said by colour alone: the text beside it says the same. */
public enum Mark {
  /** Nothing to say. */
  PLAIN,
  /** As it should be. */
  GOOD,
  /** Worth a look. */
  CARE,
  /** Wrong. */
  BAD;

  /** The class of the style sheet. */
  String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
