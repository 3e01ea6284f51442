package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import java.util.List;
import java.util.Optional;

/**
 * A column with another type or nullability.
 *
 * <ol>
 *   <li>A wider type: one statement of the catalogue at finish.
 *   <li>NULL allowed: at contract. NULL forbidden: a check, its proof, NOT NULL at finish.
 *   <li>Everything else: a second column that takes the name at contract.
 * </ol>
 */
record AlterColumnRecipe(Ground ground, PlacedChange placed, Change.AlterColumn change)
    implements Recipe {
  @Override
  public void check(Checks checks) {
    Optional<TableColumn> found = checks.column(placed.path(), table(), change.column());
    if (found.isEmpty()) {
      return;
    }
    ExpressionChecks expressions = new ExpressionChecks(checks, table(), placed.place());
    change.type().ifPresent(t -> expressions.type(placed.path() + ".type", t));
    ColumnChecks columns = new ColumnChecks(checks, placed.path());
    Observation.Table table = ground.observation().table(table()).orElseThrow();
    Alteration alteration = alteration(found.orElseThrow());
    if (alteration.shadow() || alteration.widen()) {
      columns.movable(table, found.orElseThrow());
    } else {
      columns.notKey(table, found.orElseThrow());
      if (alteration.nullable().equals(Optional.of(true))) {
        columns.notIdentity(table, found.orElseThrow());
      }
    }
    if (alteration.shadow()) {
      columns.copyable(table, found.orElseThrow());
      change
          .type()
          .ifPresentOrElse(
              t -> expressions.addable(placed.path() + ".type", t),
              () -> columns.addable(table, found.orElseThrow()));
      checks.mayCreate(placed.path(), table().schema());
      expressions.overOld(placed.path() + ".up");
      expressions.overNew(placed.path() + ".down");
    }
  }

  @Override
  public void contribute(Compilation compilation) {
    TableColumn column = compilation.draft(table()).table.column(change.column()).orElseThrow();
    Alteration alteration = alteration(column);
    if (alteration.shadow()) {
      replacement(column).contribute(compilation, table());
      return;
    }
    TableDraft draft = compilation.draft(table());
    if (alteration.widen()) {
      String type = change.type().orElseThrow();
      draft.widens.add(ground.dialect().changeType(table(), column.name(), type));
    }
    alteration
        .nullable()
        .ifPresent(
            nullable -> {
              if (nullable) {
                draft.contract.add(
                    new Reversible(
                        ground.dialect().dropNotNull(table(), column.name()),
                        ground.dialect().setNotNull(table(), column.name())));
              } else {
                NotNull.now(compilation, table(), column.name());
              }
            });
  }

  private Replacement replacement(TableColumn column) {
    String stored = Naming.shadow(column.name());
    Optional<Judgement> up = ground.judged(placed.path() + ".up");
    Optional<Judgement> down = ground.judged(placed.path() + ".down");
    String type = change.type().orElse(column.type());
    String quoted = ground.dialect().quote(column.name());
    FreshColumn fresh =
        new FreshColumn(
            column.name(),
            new Derived(stored, ground.value(placed.path() + ".up", quoted, type), Inputs.old(up)),
            type,
            !change.nullable().orElse(column.nullable()),
            up.map(Judgement::immutable).orElse(false),
            change.up().orElse("the old " + column.name()));
    StaleColumn stale =
        new StaleColumn(
            column.name(),
            ground.qualified(placed.path() + ".down", quoted),
            down.map(Judgement::columns).orElse(List.of()),
            column.type(),
            down.map(Judgement::immutable).orElse(false));
    return new Replacement(column, stored, fresh, stale);
  }

  private Alteration alteration(TableColumn column) {
    return Alteration.of(ground, placed, change, column);
  }

  private TableName table() {
    return TableName.parse(change.table());
  }
}
