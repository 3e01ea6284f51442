package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.plan.Observation.Keeping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Keeps in the store of the restore point what the steps after it drop, table by table.
 *
 * <p>All of it is kept before the first drop: where the store refuses one, nothing is lost yet and
 * everything can still come back. The revert window is over by then, so that it has every write
 * that came through the hidden columns in it.
 */
record KeepSteps(Compilation compilation, StepList steps) {
  void add(Collection<TableDraft> drafts) {
    compilation
        .ground
        .observation()
        .restorePoint()
        .ifPresent(point -> point.keeping().ifPresent(keeping -> add(point, keeping, drafts)));
  }

  private void add(Observation.RestorePoint point, Keeping keeping, Collection<TableDraft> drafts) {
    List<Kept> all = new ArrayList<>();
    drafts.stream().filter(draft -> !draft.lost.isEmpty()).map(this::columns).forEach(all::add);
    compilation.dropped.stream().map(this::table).forEach(all::add);
    for (Kept kept : all) {
      BackupReference copy =
          new BackupReference(
              point.copy().backup(),
              point.copy().store(),
              keeping.id() + "-" + (all.indexOf(kept) + 1));
      steps.add(
          Phase.FINISH,
          kept.data().table() + "-keep",
          Work.of(
                  "keeps %s in store %s for %s"
                      .formatted(kept.what(), copy.store().name(), days(keeping.age())),
                  new Action.OfBackup(new BackupStep.KeepDropped(copy, kept.data(), keeping.age())),
                  Undo.by(
                      "remove from the store what was not dropped",
                      new Action.OfBackup(
                          new BackupStep.DiscardKept(copy, kept.data().migration()))))
              .costing(kept.cost()));
    }
  }

  /** One table's. */
  private record Kept(DroppedData data, String what, Estimate cost) {}

  private Kept columns(TableDraft draft) {
    List<DroppedData.Column> columns = draft.lost.stream().map(DroppedData.Column::of).toList();
    List<String> names = columns.stream().map(DroppedData.Column::name).toList();
    return new Kept(
        new DroppedData(compilation.ground.migration().name(), draft.name(), draft.name(), columns),
        String.join(", ", names) + " of " + draft.name(),
        Estimates.copy(draft.table, columns.size() + draft.table.key().columns().size()));
  }

  private Kept table(TableName table) {
    Observation.Table observed = compilation.ground.observation().table(table).orElseThrow();
    return new Kept(
        new DroppedData(
            compilation.ground.migration().name(), table, Naming.tombstone(table), List.of()),
        "table " + table,
        Estimates.copy(observed, observed.columns().size()));
  }

  private static String days(Duration age) {
    return age.toDays() > 0 && age.equals(Duration.ofDays(age.toDays()))
        ? age.toDays() + " d"
        : age.toHours() + " h";
  }
}
