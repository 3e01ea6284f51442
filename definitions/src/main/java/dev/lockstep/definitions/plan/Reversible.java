package dev.lockstep.definitions.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement and the one that takes it back. */
record Reversible(String act, String undo) {
  static List<String> acts(List<Reversible> statements) {
    return statements.stream().map(Reversible::act).toList();
  }

  /** What takes them all back, newest first. */
  static List<String> undos(List<Reversible> statements) {
    List<String> undos = new ArrayList<>(statements.stream().map(Reversible::undo).toList());
    Collections.reverse(undos);
    return undos;
  }
}
