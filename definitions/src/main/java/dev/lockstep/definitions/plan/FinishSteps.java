package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Action.Statements;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Drops triggers and what was hidden, and gives what stays its final form. */
final class FinishSteps {
  private final Compilation compilation;
  private final StepList steps;
  private final SqlDialect dialect;

  FinishSteps(Compilation compilation, StepList steps) {
    this.compilation = compilation;
    this.steps = steps;
    this.dialect = compilation.ground.dialect();
  }

  /** Tables of which nothing is lost first: until then, everything can come back. */
  void add(Collection<TableDraft> drafts) {
    drafts.stream().filter(d -> !d.destroys()).forEach(this::settle);
    new KeepSteps(compilation, steps).add(drafts);
    drafts.stream().filter(TableDraft::destroys).forEach(this::destroy);
  }

  void dropTables(Set<TableName> tables) {
    Set<TableName> gone = new LinkedHashSet<>();
    for (TableName table : tables) {
      dropTable(table, gone);
      gone.add(table);
    }
  }

  private void settle(TableDraft draft) {
    List<String> act = new ArrayList<>();
    if (draft.synchronises()) {
      act.addAll(dialect.dropSynchronisation(draft.name(), compilation.trigger(draft.name())));
    }
    act.addAll(draft.settles);
    act.addAll(Reversible.acts(draft.tightens));
    if (act.isEmpty()) {
      return;
    }
    Statements statements = new Statements(act, Locks.exclusive(draft.name()));
    List<String> undo = Reversible.undos(draft.tightens);
    String sentence = draft.name() + ": " + what(draft);
    Work work =
        undo.isEmpty()
            ? Work.of(
                sentence,
                statements,
                Undo.nothing("new columns go with the undo of the step that added them"))
            : Work.reversible(sentence, statements, "allow NULL again in " + draft.name(), undo);
    steps.add(Phase.FINISH, draft.name() + "-settle", work);
    followers(draft).drop(steps);
  }

  private void destroy(TableDraft draft) {
    List<String> act = new ArrayList<>();
    if (draft.synchronises() && !dropsTriggerAtContract(draft)) {
      act.addAll(dialect.dropSynchronisation(draft.name(), compilation.trigger(draft.name())));
    }
    act.addAll(draft.keeps);
    act.addAll(draft.drops);
    act.addAll(draft.settles);
    act.addAll(Reversible.acts(draft.tightens));
    // Last: a check that is still there would be proven again, row by row, for the wider type.
    act.addAll(draft.widens);
    List<TableLock> locks =
        new Locks()
            .with(draft.name(), LockMode.ACCESS_EXCLUSIVE)
            .with(draft.referenced, LockMode.ACCESS_EXCLUSIVE)
            .list();
    steps.add(
        Phase.FINISH,
        draft.name() + "-drop",
        Work.of(
                draft.name() + ": " + what(draft),
                new Statements(act, locks),
                Undo.nothing("after the point of no return"))
            .destroying());
    followers(draft).drop(steps);
  }

  private Followers followers(TableDraft draft) {
    return new Followers(compilation, draft.name(), draft.fresh);
  }

  private boolean dropsTriggerAtContract(TableDraft draft) {
    return !draft.hidden.isEmpty() && Groups.hidden(draft, compilation).groups().isEmpty();
  }

  /** Foreign keys of tables that are dropped later would stand in the way. */
  private void dropTable(TableName table, Set<TableName> gone) {
    TableName tombstone = Naming.tombstone(table);
    List<String> act = new ArrayList<>();
    Locks locks = new Locks().with(tombstone, LockMode.ACCESS_EXCLUSIVE);
    compilation.ground.observation().table(table).stream()
        .flatMap(t -> t.constraints().stream())
        .forEach(
            c -> {
              c.referrer()
                  .filter(r -> !r.equals(table) && !gone.contains(r))
                  .map(Naming::tombstone)
                  .ifPresent(
                      r -> {
                        act.add(dialect.dropConstraint(r, c.name()));
                        locks.with(r, LockMode.ACCESS_EXCLUSIVE);
                      });
              c.referenced()
                  .filter(r -> !r.equals(table) && !compilation.dropped.contains(r))
                  .ifPresent(r -> locks.with(r, LockMode.ACCESS_EXCLUSIVE));
            });
    act.add(dialect.dropTable(tombstone));
    steps.add(
        Phase.FINISH,
        table + "-drop",
        Work.of(
                "drops table " + table + " with its rows",
                new Statements(act, locks.list()),
                Undo.nothing("after the point of no return"))
            .destroying());
  }

  private String what(TableDraft draft) {
    List<String> parts = new ArrayList<>();
    if (draft.synchronises()) {
      parts.add("drops the trigger");
    }
    if (!draft.hidden.isEmpty()) {
      parts.add("drops " + String.join(", ", draft.hidden));
    }
    if (!draft.widens.isEmpty()) {
      parts.add("widens types");
    }
    if (!draft.settles.isEmpty() || !draft.tightens.isEmpty()) {
      parts.add("gives what stays its final form");
    }
    return String.join(", ", parts);
  }
}
