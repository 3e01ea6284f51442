package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Action.Statements;
import java.util.ArrayList;
import java.util.List;

/** Hides old names, one transaction a table; everything can still come back. */
final class ContractSteps {
  private final Compilation compilation;
  private final StepList steps;

  ContractSteps(Compilation compilation, StepList steps) {
    this.compilation = compilation;
    this.steps = steps;
  }

  void add(TableDraft draft) {
    if (draft.contract.isEmpty()) {
      return;
    }
    List<String> act = new ArrayList<>(Reversible.acts(draft.contract));
    List<String> undo = new ArrayList<>(Reversible.undos(draft.contract));
    if (draft.synchronises() && !draft.hidden.isEmpty()) {
      act.addAll(hide(draft));
      undo.addAll(bringBack(draft));
    }
    steps.add(
        Phase.CONTRACT,
        draft.name() + "-hide",
        Work.reversible(
            sentence(draft),
            new Statements(act, Locks.exclusive(draft.name())),
            "bring back the old names of " + draft.name() + " with every later write",
            undo));
  }

  void hideTable(TableName table) {
    SqlDialect dialect = compilation.ground.dialect();
    String tombstone = Naming.tombstone(table.name());
    Statements act =
        new Statements(List.of(dialect.renameTable(table, tombstone)), Locks.exclusive(table));
    Statements undo =
        new Statements(
            List.of(dialect.renameTable(Naming.tombstone(table), table.name())),
            Locks.exclusive(Naming.tombstone(table)));
    steps.add(
        Phase.CONTRACT,
        table + "-hide",
        Work.of(
            "hides table " + table + " as " + tombstone,
            act,
            Undo.by("bring back table " + table, undo)));
  }

  /** Only hidden columns follow from now on; where none does, the trigger goes. */
  private List<String> hide(TableDraft draft) {
    SqlDialect dialect = compilation.ground.dialect();
    Synchronisation hidden = Groups.hidden(draft, compilation);
    return hidden.groups().isEmpty()
        ? dialect.dropSynchronisation(draft.name(), hidden.trigger())
        : dialect.replaceSynchronisation(hidden);
  }

  private List<String> bringBack(TableDraft draft) {
    SqlDialect dialect = compilation.ground.dialect();
    Synchronisation now = Groups.now(draft, compilation);
    return Groups.hidden(draft, compilation).groups().isEmpty()
        ? dialect.createSynchronisation(now)
        : dialect.replaceSynchronisation(now);
  }

  private static String sentence(TableDraft draft) {
    return draft.hidden.isEmpty()
        ? "gives columns of " + draft.name() + " their final form"
        : "hides " + String.join(", ", draft.hidden) + " of " + draft.name();
  }
}
