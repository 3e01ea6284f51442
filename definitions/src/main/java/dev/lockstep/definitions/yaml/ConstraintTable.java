package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Change.AddConstraint;
import dev.lockstep.definitions.model.Constraint;
import dev.lockstep.definitions.model.Constraint.ForeignKey;
import dev.lockstep.definitions.model.Constraint.OnDelete;
import java.util.List;
import java.util.Optional;

/** The fields of a constraint to add. */
final class ConstraintTable {
  private ConstraintTable() {}

  static Shape<AddConstraint> addConstraint() {
    ObjectShape.Builder<AddConstraint> of =
        ObjectShape.of(
            "AddConstraint", "A constraint, added without a long lock and then validated.");
    Field<AddConstraint, String> table = of.required("table", Texts.table(), AddConstraint::table);
    Field<AddConstraint, String> name =
        of.required(
            "name",
            TextShape.of("the name of the constraint").described("Its name."),
            AddConstraint::name);
    Field<AddConstraint, String> check =
        of.optional(
            "check",
            Texts.sql("A condition on the row that must not be false."),
            change -> change.constraint().accept(new Expression()));
    Field<AddConstraint, ForeignKey> foreignKey =
        of.optional(
            "foreignKey", foreignKey(), change -> change.constraint().accept(new Reference()));
    return of.forms(Forms.oneOf("check", "foreignKey"))
        .made(
            in ->
                new AddConstraint(
                    in.the(table),
                    in.the(name),
                    in.maybe(check)
                        .<Constraint>map(Constraint.Check::new)
                        .or(() -> in.maybe(foreignKey))
                        .orElseThrow()));
  }

  private static Shape<ForeignKey> foreignKey() {
    ObjectShape.Builder<ForeignKey> of =
        ObjectShape.of("ForeignKey", "A reference to another table.");
    Field<ForeignKey, List<String>> columns =
        of.required("columns", Texts.columns("The referring columns."), ForeignKey::columns);
    Field<ForeignKey, References> references =
        of.required(
            "references",
            references(),
            key -> new References(key.referencedTable(), key.referencedColumns()));
    Field<ForeignKey, OnDelete> onDelete =
        of.defaulting(
            "onDelete",
            WordShape.of(OnDelete.class)
                .described("What happens to rows that refer to a deleted row."),
            OnDelete.NO_ACTION,
            ForeignKey::onDelete);
    return of.made(
        in ->
            new ForeignKey(
                in.the(columns),
                in.the(references).table(),
                in.the(references).columns(),
                in.the(onDelete)));
  }

  private static Shape<References> references() {
    ObjectShape.Builder<References> of =
        ObjectShape.of("References", "What a foreign key refers to.");
    Field<References, String> table = of.required("table", Texts.table(), References::table);
    Field<References, List<String>> columns =
        of.required(
            "columns",
            Texts.columns("The referenced columns, in the order of the referring ones."),
            References::columns);
    return of.made(in -> new References(in.the(table), in.the(columns)));
  }

  private record References(String table, List<String> columns) {}

  private static final class Expression implements Constraint.Visitor<Optional<String>> {
    @Override
    public Optional<String> check(Constraint.Check check) {
      return Optional.of(check.expression());
    }

    @Override
    public Optional<String> foreignKey(ForeignKey foreignKey) {
      return Optional.empty();
    }
  }

  private static final class Reference implements Constraint.Visitor<Optional<ForeignKey>> {
    @Override
    public Optional<ForeignKey> check(Constraint.Check check) {
      return Optional.empty();
    }

    @Override
    public Optional<ForeignKey> foreignKey(ForeignKey foreignKey) {
      return Optional.of(foreignKey);
    }
  }
}
