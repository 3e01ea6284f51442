package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.TableBatch.Move;
import java.util.Optional;

/**
 * Puts a new column in the place of an old one: a rename, or another type under the same name. What
 * hangs on the old column (comment, grants, default, indexes, constraints) is made for the new one.
 *
 * @param stored the new column's name until contract
 * @param fresh how the new one follows the old one
 * @param stale how the old one follows the new one
 */
record Replacement(TableColumn old, String stored, FreshColumn fresh, StaleColumn stale) {
  void contribute(Compilation compilation, TableName table) {
    SqlDialect dialect = compilation.ground.dialect();
    TableBatch batch = compilation.batch(table);
    batch.followers.add(new Column(stored, storedType(), true, Optional.empty(), false));
    old.comment()
        .ifPresent(c -> batch.followerDetails.add(dialect.comment(table, stored, Optional.of(c))));
    old.privileges().forEach(p -> batch.followerDetails.add(dialect.grant(table, stored, p)));
    batch.fresh.add(fresh);
    batch.stale.add(stale);
    batch.moves.add(new Move(old.name(), stored));
    if (fresh.notNull()) {
      NotNull.after(compilation, table, fresh);
    }
    Hiding.following(compilation, table, old);
    if (changesValues(dialect)) {
      compilation.draft(table).lost.add(old);
    }
    hideBehind(compilation.draft(table), dialect);
  }

  /** A rename keeps every value; another type or an expression may not. */
  private boolean changesValues(SqlDialect dialect) {
    return !TypeSpelling.same(old.type(), fresh.type())
        || !fresh.derived().expression().equals(dialect.quote(old.name()));
  }

  private void hideBehind(TableDraft draft, SqlDialect dialect) {
    TableName table = draft.name();
    if (!stored.equals(fresh.name())) {
      draft.contract.add(
          new Reversible(
              dialect.renameColumn(table, stored, fresh.name()),
              dialect.renameColumn(table, fresh.name(), stored)));
    }
    old.defaultValue()
        .filter(d -> d.contains("nextval("))
        .ifPresent(d -> draft.keeps.add(dialect.moveSequence(table, tombstone(), fresh.name())));
    old.defaultValue()
        .map(d -> TypeSpelling.same(old.type(), fresh.type()) ? d : cast(d))
        .ifPresent(
            d ->
                draft.contract.add(
                    new Reversible(
                        dialect.setDefault(table, fresh.name(), d),
                        dialect.dropDefault(table, fresh.name()))));
  }

  private String tombstone() {
    return Naming.tombstone(old.name());
  }

  /** A default of the old type, as a value of the new one. */
  private String cast(String expression) {
    return "CAST((" + expression + ") AS " + fresh.type() + ")";
  }

  private String storedType() {
    boolean text =
        TypeSpelling.base(fresh.type()).startsWith("character")
            || TypeSpelling.same(fresh.type(), "text")
            || TypeSpelling.same(fresh.type(), old.type());
    return old.collation()
        .filter(c -> text)
        .map(c -> fresh.type() + " COLLATE " + c)
        .orElse(fresh.type());
  }
}
