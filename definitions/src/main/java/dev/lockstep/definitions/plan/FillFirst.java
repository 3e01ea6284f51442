package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.plan.Action.Assignment;
import dev.lockstep.definitions.plan.Action.Statements;
import dev.lockstep.definitions.plan.RowKey.KeyColumn;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import dev.lockstep.definitions.plan.Synchronisation.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fills new columns before they follow. A server locks each row, with a note in its log, before it
 * asks whether a BEFORE trigger has anything to do; so a backfill without one costs it a quarter
 * less time and log, and clients pay for no trigger while it lasts.
 *
 * <ol>
 *   <li>The columns come under names that nobody uses, without a trigger, and are filled.
 *   <li>A trigger keeps them up to date from now on; still, nobody else writes them.
 *   <li>Every row is compared with what its old columns give, exactly, since nothing else can be
 *       the source of a value yet. Rows that clients changed or added meanwhile are filled again.
 *   <li>In one transaction they take their names and the trigger its final form: no client sees a
 *       new column that does not follow, or one that is not filled.
 * </ol>
 *
 * <p>Not where a rollout or the user's own statements come in expand, since they use the new names
 * at once; where a value comes from another table or cannot be computed a second time for
 * comparison; or where the table has a trigger of this run already.
 */
final class FillFirst {
  private final Compilation compilation;
  private final StepList steps;
  private final SqlDialect dialect;

  FillFirst(Compilation compilation, StepList steps) {
    this.compilation = compilation;
    this.steps = steps;
    this.dialect = compilation.ground.dialect();
  }

  boolean fits(TableDraft draft, TableBatch batch) {
    return !draft.synchronises()
        && !batch.fresh.isEmpty()
        && compilation.statements.isEmpty()
        && batch.fresh.stream().allMatch(f -> f.comparable() && f.derived().lookedUp().isEmpty())
        && compilation.ground.migration().rollouts().stream()
            .noneMatch(r -> r.after().equals(Optional.of(Rollout.After.EXPAND)));
  }

  /** What a new column is called until it is shown; one with a name of its own keeps that. */
  static String name(FreshColumn column) {
    return column.stored().equals(column.name()) ? Naming.filling(column.name()) : column.stored();
  }

  /**
   * Derived anew where the row's key or its partition changes, too: the row may pass from what is
   * yet to be compared to what has been. A table without a key is compared by partition.
   */
  static Derived derived(FreshColumn column, Observation.Table table) {
    List<Input> inputs = new ArrayList<>(column.derived().inputs());
    Stream.concat(
            table.key().columns().stream().map(KeyColumn::name),
            table.partitions().stream().flatMap(p -> p.keyColumns().stream()))
        .map(name -> new Input(name, name))
        .filter(input -> !inputs.contains(input))
        .forEach(inputs::add);
    return new Derived(name(column), column.derived().expression(), inputs);
  }

  /** A follower of the batch under the name that it is filled under. */
  static Column filling(TableBatch batch, Column column) {
    FreshColumn fresh =
        batch.fresh.stream()
            .filter(f -> f.stored().equals(column.name()))
            .findFirst()
            .orElseThrow();
    return new Column(
        name(fresh), column.type(), column.nullable(), column.defaultValue(), column.primaryKey());
  }

  /** What each new column is filled with. */
  static List<Assignment> values(TableBatch batch, SqlDialect dialect) {
    return batch.fresh.stream()
        .map(f -> new Assignment(name(f), dialect.over(f.derived())))
        .toList();
  }

  /** True for a row that has to be filled again. */
  private static String behind(TableBatch batch, Mismatch mismatch) {
    return batch.fresh.stream()
        .map(f -> mismatch.behind(f, name(f)))
        .collect(Collectors.joining(" OR "));
  }

  void follow(TableDraft draft, TableBatch batch) {
    Synchronisation filling = Groups.filling(draft, batch.fresh, compilation);
    Statements act =
        new Statements(
            dialect.createSynchronisation(filling),
            new Locks().with(draft.name(), LockMode.SHARE_ROW_EXCLUSIVE).list());
    Statements undo =
        new Statements(
            dialect.dropSynchronisation(draft.name(), filling.trigger()),
            Locks.exclusive(draft.name()));
    steps.add(
        Phase.MIGRATE,
        draft.name() + "-follow",
        Work.of(
            "%s: keeps %s up to date by a trigger from now on".formatted(draft.name(), said(batch)),
            act,
            Undo.by("drop the trigger of " + draft.name(), undo)));
  }

  void catchUp(TableDraft draft, TableBatch batch) {
    Observation.Table table = draft.table;
    String meaning =
        batch.fresh.stream()
            .map(f -> f.name() + " = " + f.said())
            .collect(Collectors.joining("; "));
    Action.Verify compare =
        new Action.Verify(
            table.name(),
            table.key(),
            behind(batch, new Mismatch(dialect, draft)),
            values(batch, dialect),
            meaning,
            Estimates.rows(table));
    steps.add(
        Phase.MIGRATE,
        draft.name() + "-catch-up",
        Work.of(
                "compares %s with its sources and fills again what clients changed meanwhile"
                    .formatted(said(batch)),
                compare,
                Undo.nothing("only new columns are repaired, and they go"))
            .costing(Estimates.scan(table)));
  }

  void show(TableDraft draft, TableBatch batch) {
    List<Reversible> renames =
        batch.fresh.stream()
            .filter(f -> !name(f).equals(f.stored()))
            .map(
                f ->
                    new Reversible(
                        dialect.renameColumn(draft.name(), name(f), f.stored()),
                        dialect.renameColumn(draft.name(), f.stored(), name(f))))
            .toList();
    draft.join(batch);
    List<String> act = new ArrayList<>(Reversible.acts(renames));
    act.addAll(batch.followerDetails);
    act.addAll(dialect.replaceSynchronisation(Groups.now(draft, compilation)));
    List<String> undo = new ArrayList<>(Reversible.undos(renames));
    undo.addAll(dialect.replaceSynchronisation(Groups.filling(draft, batch.fresh, compilation)));
    steps.add(
        Phase.MIGRATE,
        draft.name() + "-show",
        Work.reversible(
            "%s: shows the new columns and keeps %s equal by the trigger"
                .formatted(draft.name(), ExpandSteps.equal(batch)),
            new Statements(act, Locks.exclusive(draft.name())),
            "take the new columns of " + draft.name() + " out of sight",
            undo));
  }

  private static String said(TableBatch batch) {
    return batch.fresh.stream().map(FreshColumn::name).collect(Collectors.joining(", "));
  }
}
