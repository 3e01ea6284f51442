package dev.lockstep.worker.report;

import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Mark;
import dev.lockstep.worker.report.page.Quantities;
import dev.lockstep.worker.report.page.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What became of the same definition before. */
final class TrendBlocks {
  private TrendBlocks() {}

  static List<Block> of(RunReport report) {
    Copies copies = report.copies();
    List<Block> blocks = new ArrayList<>(TrendCharts.of(copies));
    if (!copies.backups().isEmpty()) {
      blocks.add(backups(copies.backups()));
    }
    if (!copies.drills().isEmpty()) {
      blocks.add(drills(copies.drills()));
    }
    if (!copies.runs().isEmpty()) {
      blocks.add(runs(copies.runs()));
    }
    return blocks;
  }

  private static Table backups(List<Copies.Past> all) {
    List<Table.Column> columns = new ArrayList<>(Table.texts("backup", "data of"));
    columns.addAll(Table.numbers("data", "stored", "taken in", "rate"));
    columns.addAll(Table.texts("verified"));
    return new Table(
        "Every backup of this definition in the store, newest first",
        columns,
        all.stream().map(TrendBlocks::row).toList());
  }

  private static List<Table.Cell> row(Copies.Past backup) {
    Duration took = Duration.between(backup.started(), backup.ended());
    return List.of(
        new Table.Cell(backup.id()),
        new Table.Cell(RunPage.moment(backup.snapshot())),
        new Table.Cell(Quantities.bytes(backup.bytes())),
        new Table.Cell(Quantities.bytes(backup.storedBytes())),
        new Table.Cell(Quantities.duration(took)),
        new Table.Cell(
            CopyBlocks.rate(backup.bytes(), took)
                .map(rate -> Quantities.bytes(rate) + "/s")
                .orElse(Words.NOTHING)),
        new Table.Cell(
            backup.verified() ? "yes" : "no", backup.verified() ? Mark.GOOD : Mark.CARE));
  }

  private static Table drills(List<Copies.PastDrill> all) {
    return new Table(
        "Every drill of this definition, newest first",
        Table.texts("started", "backup", "verdict", "RTO", "RPO"),
        all.stream()
            .map(past -> past.result().map(TrendBlocks::row).orElse(unreadable(past)))
            .toList());
  }

  private static List<Table.Cell> row(Copies.Result drill) {
    return List.of(
        new Table.Cell(RunPage.moment(drill.started())),
        new Table.Cell(drill.backup()),
        new Table.Cell(drill.verdict(), DrillBlocks.mark(drill.verdict())),
        new Table.Cell(DrillBlocks.text(drill.rto())),
        new Table.Cell(DrillBlocks.text(drill.rpo())));
  }

  private static List<Table.Cell> unreadable(Copies.PastDrill past) {
    return Table.row(past.object(), Words.NOTHING, "no evidence", Words.NOTHING, Words.NOTHING);
  }

  private static Table runs(List<Copies.PastRun> all) {
    return new Table(
        "Every recorded run of this definition, newest first",
        Table.texts("run", "state", "started", "took", "fault"),
        all.stream()
            .map(
                run ->
                    List.of(
                        new Table.Cell(run.key()),
                        new Table.Cell(Words.of(run.state()), Words.mark(run.state())),
                        new Table.Cell(Words.time(run.started())),
                        new Table.Cell(Words.between(run.started(), run.ended())),
                        new Table.Cell(run.fault().orElse(Words.NOTHING))))
            .toList());
  }
}
