package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds changes that contradict each other.
 *
 * <ol>
 *   <li>Each column, index, constraint and table is made, altered or dropped by one change only.
 *   <li>No change uses a column or table that another one renames or drops.
 *   <li>No change works on the columns of a table that another one creates.
 * </ol>
 */
record Clashes(List<Problem> problems) {
  private static final Set<String> TAKEN_AWAY = Set.of("dropped", "renamed");

  void check(List<PlacedChange> changes) {
    Map<String, Touch> touched = new LinkedHashMap<>();
    for (PlacedChange placed : changes) {
      for (Touch touch : placed.change().accept(new Touches(placed))) {
        Touch first = touched.putIfAbsent(touch.thing(), touch);
        if (first != null) {
          clash(touch, first, "wanted one change for it");
        }
      }
    }
    for (PlacedChange placed : changes) {
      for (Touch use : placed.change().accept(new Uses(placed))) {
        Touch touch = touched.get(use.thing());
        if (touch != null) {
          compare(use, touch);
        }
      }
    }
  }

  private void compare(Touch use, Touch touch) {
    if (TAKEN_AWAY.contains(touch.verb())) {
      clash(use, touch, "wanted it left alone, or another migration");
    } else if (use.verb().equals("changed") && touch.verb().equals("created")) {
      clash(use, touch, "wanted its columns as they shall be in createTable");
    }
  }

  private void clash(Touch here, Touch there, String wanted) {
    problems.add(
        Problem.at(
            here.path(),
            Code.CHANGES_CLASH,
            here.thing()
                + " is "
                + here.verb()
                + " here and "
                + there.verb()
                + " in "
                + there.path()
                + "; "
                + wanted));
  }
}
