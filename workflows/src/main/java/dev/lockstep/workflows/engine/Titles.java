package dev.lockstep.workflows.engine;

/** One-line texts of the Temporal UI, which cuts them after about 120 characters. */
final class Titles {
  private static final int LONGEST = 120;

  private Titles() {}

  /** The text, cut with an ellipsis where it is too long. */
  static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    // Half a character outside of the basic plane would be no text that JSON can carry.
    boolean splits = Character.isHighSurrogate(text.charAt(LONGEST - 2));
    return text.substring(0, LONGEST - (splits ? 2 : 1)) + "…";
  }
}
