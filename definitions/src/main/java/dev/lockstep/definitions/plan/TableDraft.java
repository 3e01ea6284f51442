package dev.lockstep.definitions.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that the changes of one table come to. */
final class TableDraft {
  final Observation.Table table;
  final Fate fate;

  /** Of all batches so far. */
  final List<FreshColumn> fresh = new ArrayList<>();

  /** Of all batches so far. */
  final List<StaleColumn> stale = new ArrayList<>();

  /** Columns of all batches so far that must have a value and follow nothing, with its SQL. */
  final List<Action.Assignment> present = new ArrayList<>();

  /** Hides old names. */
  final List<Reversible> contract = new ArrayList<>();

  /** Names that are hidden, for people. */
  final List<String> hidden = new ArrayList<>();

  /** Saves what would go with a dropped column though its successor needs it. */
  final List<String> keeps = new ArrayList<>();

  /** Columns whose values go with them. */
  final List<Observation.TableColumn> lost = new ArrayList<>();

  /** Drops what was hidden. */
  final List<String> drops = new ArrayList<>();

  /**
   * Gives what was copied its own name and form; goes with what is dropped, or with new columns.
   */
  final List<String> settles = new ArrayList<>();

  /** Statements that change a column that stays, with what takes them back. */
  final List<Reversible> tightens = new ArrayList<>();

  /** Statements that change a column that stays and cannot be taken back. */
  final List<String> widens = new ArrayList<>();

  /** Other tables that are locked when foreign keys go with their columns. */
  final Set<TableName> referenced = new LinkedHashSet<>();

  TableDraft(Observation.Table table, Fate fate) {
    this.table = table;
    this.fate = fate;
  }

  TableName name() {
    return table.name();
  }

  boolean synchronises() {
    return !fresh.isEmpty() || !stale.isEmpty();
  }

  /** Whether finish destroys something or cannot be taken back. */
  boolean destroys() {
    return !drops.isEmpty() || !widens.isEmpty();
  }

  /** Takes over what a batch synchronises and fills. */
  void join(TableBatch batch) {
    fresh.addAll(batch.fresh);
    stale.addAll(batch.stale);
    batch.fills.stream().filter(f -> batch.present.contains(f.column())).forEach(present::add);
  }
}
