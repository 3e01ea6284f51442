package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Constraint;

/**
 * What a constraint must keep by itself. Answers true, which nobody needs.
 *
 * @param path of a foreign key
 */
record ConstraintChecks(String path, Identifiers names) implements Constraint.Visitor<Boolean> {
  @Override
  public Boolean check(Constraint.Check check) {
    return true;
  }

  @Override
  public Boolean foreignKey(Constraint.ForeignKey key) {
    names.table(path + ".references.table", key.referencedTable());
    for (int index = 0; index < key.columns().size(); index++) {
      names.existing(path + ".columns[" + index + "]", key.columns().get(index));
    }
    for (int index = 0; index < key.referencedColumns().size(); index++) {
      String column = path + ".references.columns[" + index + "]";
      names.existing(column, key.referencedColumns().get(index));
    }
    if (key.columns().size() != key.referencedColumns().size()) {
      String message =
          "are "
              + key.referencedColumns().size()
              + "; wanted one for each of the "
              + key.columns().size()
              + " referring columns";
      names.problems().add(Problem.at(path + ".references.columns", Code.VALUE_WRONG, message));
    }
    return true;
  }
}
