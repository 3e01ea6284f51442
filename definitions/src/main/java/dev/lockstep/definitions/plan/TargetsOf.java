package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Constraint;
import java.util.List;

/** Tables that a change refers to besides its own. */
final class TargetsOf extends OneKind<List<TableName>> {
  @Override
  List<TableName> otherwise() {
    return List.of();
  }

  @Override
  public List<TableName> addColumn(Change.AddColumn change) {
    return change.lookup().map(lookup -> TableName.parse(lookup.from())).stream().toList();
  }

  @Override
  public List<TableName> addConstraint(Change.AddConstraint change) {
    return change
        .constraint()
        .accept(
            new Constraint.Visitor<>() {
              @Override
              public List<TableName> check(Constraint.Check check) {
                return List.of();
              }

              @Override
              public List<TableName> foreignKey(Constraint.ForeignKey foreignKey) {
                return List.of(TableName.parse(foreignKey.referencedTable()));
              }
            });
  }
}
