package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks the tables that a backup or a restore is confined to. */
record TableChecks(List<Problem> problems) {
  static final String PATH = "spec.only.tables";

  void check(List<String> tables) {
    Set<String> seen = new LinkedHashSet<>();
    for (int index = 0; index < tables.size(); index++) {
      String path = PATH + "[" + index + "]";
      String table = tables.get(index);
      new Identifiers(problems).table(path, table);
      if (!seen.add(Names.withSchema(table))) {
        problems.add(
            Problem.at(path, Code.NAME_TAKEN, "is `" + table + "`, which is listed twice"));
      }
    }
  }

  /** What a restore wants, and the backup does not have. */
  void within(List<String> tables, List<String> backedUp) {
    List<String> there = backedUp.stream().map(Names::withSchema).toList();
    for (int index = 0; index < tables.size() && !there.isEmpty(); index++) {
      if (!there.contains(Names.withSchema(tables.get(index)))) {
        problems.add(
            Problem.at(
                PATH + "[" + index + "]",
                Code.VALUE_WRONG,
                "is `%s`, which the backup leaves out; it has %s"
                    .formatted(tables.get(index), String.join(", ", backedUp))));
      }
    }
  }
}
