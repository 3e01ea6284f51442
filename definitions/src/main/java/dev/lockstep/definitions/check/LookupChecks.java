package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Lookup;
import java.util.List;

/** What a look into another table must keep by itself. */
record LookupChecks(String path, List<Problem> problems) {
  void check(String table, Lookup lookup) {
    Identifiers names = new Identifiers(problems);
    names.table(path + ".from", lookup.from());
    lookup
        .match()
        .forEach(
            (own, other) -> {
              names.existing(path + ".match." + own, own);
              names.existing(path + ".match." + own, other);
            });
    if (lookup.match().isEmpty()) {
      problems.add(
          Problem.at(
              path + ".match",
              Code.VALUE_WRONG,
              "is empty; wanted columns of "
                  + table
                  + " with the columns of "
                  + lookup.from()
                  + " that they equal"));
    }
    if (Names.withSchema(table).equals(Names.withSchema(lookup.from()))) {
      problems.add(
          Problem.at(
              path + ".from",
              Code.CHANGE_UNSUPPORTED,
              "is the table itself; wanted another table: a row that follows another of its own"
                  + " table could go round in a circle"));
    }
  }
}
