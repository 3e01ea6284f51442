package dev.lockstep.activities.kept;

import java.util.List;

/** Brings the rows of dropped columns back into a table of their own, and touches no other. */
record BringBackBeside(SideTable side) {
  /** Refuses what cannot succeed, and changes nothing. */
  void check() {
    side.transactions()
        .run(
            handle -> {
              side.check(handle);
              return true;
            });
  }

  BroughtBack bringBack() {
    side.load();
    KeptTable kept = side.kept();
    List<String> notes =
        kept.definition().keyed()
            ? List.of()
            : List.of(kept.table() + " had no key: the other columns of each row stand beside");
    return new BroughtBack(
        kept.kept().what(), side.name().toString(), kept.rows(), kept.rows(), 0, 0, notes);
  }
}
