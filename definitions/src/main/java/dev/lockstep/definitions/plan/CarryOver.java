package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Observation.Index;
import dev.lockstep.definitions.plan.Observation.TableConstraint;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import dev.lockstep.definitions.plan.TableBatch.Move;
import java.util.List;
import java.util.Optional;

/**
 * Makes the indexes and constraints of moved columns for their successors.
 *
 * <ol>
 *   <li>Indexes, unique ones too, are built after the backfill under a name of their own.
 *   <li>Checks and foreign keys are added once rows are compared, and proven if the old one was.
 *   <li>At finish, when the old ones went with their columns, the copies take their names.
 *   <li>What also uses a column that is dropped for good goes with it, as it would have anyway; so
 *       does an invalid index.
 * </ol>
 */
final class CarryOver {
  private final Compilation compilation;
  private final TableDraft draft;
  private final TableBatch batch;
  private final SqlDialect dialect;

  CarryOver(Compilation compilation, TableDraft draft, TableBatch batch) {
    this.compilation = compilation;
    this.draft = draft;
    this.batch = batch;
    this.dialect = compilation.ground.dialect();
  }

  void contribute() {
    if (batch.moves.isEmpty()) {
      return;
    }
    draft.table.indexes().stream()
        .filter(Index::valid)
        .filter(i -> carried(i.columns()))
        .filter(i -> !compilation.ground.outline().dropsIndex(draft.name(), i.name()))
        .forEach(this::index);
    draft.table.constraints().stream()
        .filter(c -> c.kind() == Kind.CHECK || c.kind() == Kind.FOREIGN_KEY)
        .filter(c -> c.referrer().isEmpty() && carried(c.columns()))
        .forEach(this::constraint);
  }

  private boolean carried(List<String> columns) {
    return !moves(columns).isEmpty()
        && columns.stream()
            .filter(c -> draft.fate.gone().contains(c))
            .allMatch(c -> batch.moves.stream().anyMatch(m -> m.from().equals(c)));
  }

  private List<Move> moves(List<String> columns) {
    return batch.moves.stream().filter(m -> columns.contains(m.from())).toList();
  }

  private void index(Index old) {
    String name = old.constraint().orElse(old.name());
    String copy = Naming.shadow(name);
    Index made = old;
    for (Move move : moves(old.columns())) {
      String sql = dialect.indexFor(made, copy, move.from(), move.stored());
      made = new Index(copy, made.columns(), old.unique(), true, sql, Optional.empty());
    }
    String said = (old.unique() ? "unique index like " : "index like ") + old.name();
    batch.lateIndexes.add(new IndexBuild(copy, made.definition(), said));
    if (old.constraint().isPresent()) {
      draft.settles.add(dialect.addUniqueUsingIndex(draft.name(), copy));
      draft.settles.add(dialect.renameConstraint(draft.name(), copy, name));
    } else {
      draft.settles.addAll(new IndexStatements(dialect, draft.table).rename(copy, name));
    }
  }

  private void constraint(TableConstraint old) {
    TableName table = draft.name();
    String copy = Naming.shadow(old.name());
    TableConstraint made = old;
    for (Move move : moves(old.columns())) {
      String definition = dialect.constraintFor(made, move.from(), move.stored());
      made =
          new TableConstraint(
              copy,
              old.kind(),
              made.columns(),
              definition,
              old.validated(),
              Optional.empty(),
              old.referenced());
    }
    batch.lateConstraints.add(
        new NewConstraint(
            copy,
            dialect.addConstraint(table, copy, made.definition()),
            old.validated(),
            locks(old),
            "a constraint like " + old.name()));
    draft.settles.add(dialect.renameConstraint(table, copy, old.name()));
  }

  private List<TableLock> locks(TableConstraint constraint) {
    return constraint
        .referenced()
        .map(
            other ->
                new Locks()
                    .with(draft.name(), LockMode.SHARE_ROW_EXCLUSIVE)
                    .with(other, LockMode.SHARE_ROW_EXCLUSIVE)
                    .list())
        .orElseGet(() -> Locks.exclusive(draft.name()));
  }
}
