package dev.lockstep.definitions.plan;

import java.util.List;

/** What a step does, before it has an id and a place. */
record Work(String sentence, Action action, Undo undo, Estimate estimate, boolean destroys) {
  /** Longest sentence of a step. */
  private static final int LONGEST = 120;

  Work {
    sentence = sentence.length() <= LONGEST ? sentence : cut(sentence) + "…";
  }

  /** Never in the middle of a character: half of one cannot be sent. */
  private static String cut(String sentence) {
    boolean half = Character.isHighSurrogate(sentence.charAt(LONGEST - 2));
    return sentence.substring(0, half ? LONGEST - 2 : LONGEST - 1);
  }

  static Work of(String sentence, Action action, Undo undo) {
    return new Work(sentence, action, undo, Estimate.MOMENT, false);
  }

  /** Statements with statements that take them back. */
  static Work reversible(
      String sentence, Action.Statements act, String undoSentence, List<String> undo) {
    return of(sentence, act, Undo.by(undoSentence, new Action.Statements(undo, act.locks())));
  }

  Work costing(Estimate cost) {
    return new Work(sentence, action, undo, cost, destroys);
  }

  Work destroying() {
    return new Work(sentence, action, undo, estimate, true);
  }
}
