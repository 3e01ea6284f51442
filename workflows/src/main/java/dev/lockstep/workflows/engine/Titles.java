package dev.lockstep.workflows.engine;

/** One-line texts of the Temporal UI, which cuts them after about 120 characters. */
final class Titles {
  private static final int LONGEST = 120;

  private Titles() {}

  /** The text, cut with an ellipsis where it is too long. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
