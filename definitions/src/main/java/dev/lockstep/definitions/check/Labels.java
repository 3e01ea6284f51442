package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import java.util.List;

/** Checks names that become labels of DNS or parts of ids. */
final class Labels {
  private Labels() {}

  static void check(String path, String name, List<Problem> problems) {
    if (!Names.isLabel(name)) {
      problems.add(
          Problem.at(
              path,
              Code.VALUE_WRONG,
              "is `" + name + "`; wanted 1 to 63 small letters, digits and -, no - at an end"));
    }
  }
}
