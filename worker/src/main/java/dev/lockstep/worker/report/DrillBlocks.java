package dev.lockstep.worker.report;

import dev.lockstep.activities.restore.Evidence;
import dev.lockstep.activities.restore.Verdict;
import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Mark;
import dev.lockstep.worker.report.page.Quantities;
import dev.lockstep.worker.report.page.Table;
import java.util.ArrayList;
import java.util.List;

/** What a drill showed. */
final class DrillBlocks {
  private DrillBlocks() {}

  static List<Block> of(Copies copies) {
    return copies.drill().map(DrillBlocks::blocks).orElse(List.of());
  }

  private static List<Block> blocks(Copies.Drill drill) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Figures(
            List.of(
                new Block.Figure("verdict", drill.verdict(), mark(drill.verdict())),
                new Block.Figure("RTO", text(drill.rto()), mark(drill.rto())),
                new Block.Figure("RPO", text(drill.rpo()), mark(drill.rpo())),
                signature(drill.signature()))));
    blocks.add(
        new Table(
            "Objectives",
            Table.texts("what", "measured", "at most", "met"),
            List.of(row("RTO", drill.rto()), row("RPO", drill.rpo()))));
    if (!drill.checks().isEmpty()) {
      blocks.add(
          new Table(
              "Checks of the restored data",
              Table.texts("check", "state"),
              drill.checks().stream()
                  .map(
                      check ->
                          List.of(
                              new Table.Cell(check.name()),
                              new Table.Cell(Words.of(check.state()), Words.mark(check.state()))))
                  .toList()));
    }
    blocks.add(evidence(drill));
    return blocks;
  }

  private static Table evidence(Copies.Drill drill) {
    List<List<Table.Cell>> rows = new ArrayList<>();
    rows.add(Table.row("backup", drill.backup()));
    rows.add(Table.row("object in the store", drill.object()));
    rows.add(Table.row("public key", drill.signature().key().orElse("not signed")));
    drill.signature().problems().forEach(problem -> rows.add(Table.row("problem", problem)));
    return new Table("Evidence", Table.texts("what", "value"), rows);
  }

  private static Block.Figure signature(Copies.Signature signature) {
    if (signature.key().isEmpty()) {
      return new Block.Figure("evidence", "not signed", Mark.CARE);
    }
    return signature.problems().isEmpty()
        ? new Block.Figure("evidence", "signed, unchanged", Mark.GOOD)
        : new Block.Figure("evidence", "signature does not fit", Mark.BAD);
  }

  static String text(Evidence.Measure measure) {
    return measure.measured().map(Quantities::duration).orElse("not measured")
        + measure.met().map(met -> met ? "" : ", missed").orElse("");
  }

  private static List<Table.Cell> row(String what, Evidence.Measure measure) {
    return List.of(
        new Table.Cell(what),
        new Table.Cell(measure.measured().map(Quantities::duration).orElse(Words.NOTHING)),
        new Table.Cell(measure.objective().map(Quantities::duration).orElse("nobody said")),
        new Table.Cell(
            measure.met().map(met -> met ? "yes" : "no").orElse(Words.NOTHING), mark(measure)));
  }

  private static Mark mark(Evidence.Measure measure) {
    return measure.met().map(met -> met ? Mark.GOOD : Mark.BAD).orElse(Mark.PLAIN);
  }

  static Mark mark(String verdict) {
    if (verdict.equals(Verdict.VERIFIED.words())) {
      return Mark.GOOD;
    }
    return verdict.equals(Verdict.FAILED.words()) ? Mark.BAD : Mark.CARE;
  }
}
