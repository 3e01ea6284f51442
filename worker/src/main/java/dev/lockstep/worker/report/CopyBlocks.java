package dev.lockstep.worker.report;

import dev.lockstep.activities.backup.Verified;
import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Mark;
import dev.lockstep.worker.report.page.Quantities;
import dev.lockstep.worker.report.page.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The backup of a run. */
final class CopyBlocks {
  private CopyBlocks() {}

  static List<Block> of(RunReport report) {
    return report.copies().backup().map(backup -> blocks(report, backup)).orElse(List.of());
  }

  private static List<Block> blocks(RunReport report, Copies.Backup backup) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Figures(figures(backup)));
    blocks.add(
        new Table(
            "What the manifest says",
            Table.texts("what", "value"),
            List.of(
                Table.row("id", backup.id()),
                Table.row("store", backup.store()),
                Table.row("server", backup.server()),
                Table.row("method", backup.method()),
                Table.row("data of", RunPage.moment(backup.snapshot())),
                Table.row("begun", RunPage.moment(backup.started())),
                Table.row("complete", RunPage.moment(backup.ended())),
                Table.row("encrypted", backup.encrypted() ? "yes" : "no"),
                Table.row("SHA-256 of its definition", backup.definitionHash()))));
    blocks.add(verifications(backup.verifications()));
    retention(report.course()).ifPresent(blocks::add);
    return blocks;
  }

  private static List<Block.Figure> figures(Copies.Backup backup) {
    Duration took = Duration.between(backup.started(), backup.ended());
    boolean verified = !backup.verifications().isEmpty();
    List<Block.Figure> figures = new ArrayList<>();
    figures.add(new Block.Figure("data", Quantities.bytes(backup.bytes())));
    figures.add(new Block.Figure("stored", Quantities.bytes(backup.storedBytes())));
    figures.add(new Block.Figure("objects", Integer.toString(backup.objects())));
    figures.add(new Block.Figure("taken in", Quantities.duration(took)));
    rate(backup.bytes(), took)
        .ifPresent(rate -> figures.add(new Block.Figure("rate", Quantities.bytes(rate) + "/s")));
    figures.add(
        new Block.Figure(
            "verification",
            verified ? "verified" : "never verified",
            verified ? Mark.GOOD : Mark.BAD));
    return figures;
  }

  /** Bytes a second; absent: it took no time that was measured. */
  static Optional<Long> rate(long bytes, Duration took) {
    return took.toMillis() <= 0
        ? Optional.empty()
        : Optional.of(Math.round(bytes * 1000.0 / took.toMillis()));
  }

  private static Block verifications(List<Verified> all) {
    return all.isEmpty()
        ? new Block.Text("It was never read back nor restored.")
        : new Table(
            "When it was found to be good",
            Table.texts("when", "how", "by"),
            all.stream()
                .map(one -> Table.row(RunPage.moment(one.when()), Words.of(one.how()), one.run()))
                .toList());
  }

  private static Optional<Block> retention(Course course) {
    Long kept = course.figures().get("kept");
    Long pruned = course.figures().get("pruned");
    return kept == null || pruned == null
        ? Optional.empty()
        : Optional.of(
            new Block.Text("Retention: %d backups kept, %d removed.".formatted(kept, pruned)));
  }
}
