package dev.lockstep.worker.report;

import dev.lockstep.worker.report.page.Block;
import dev.lockstep.worker.report.page.Table;
import java.util.ArrayList;
import java.util.List;

/** What went wrong, and what could not be undone. */
final class FaultBlocks {
  private FaultBlocks() {}

  static List<Block> of(Course course) {
    List<Block> blocks = new ArrayList<>();
    if (!course.faults().isEmpty()) {
      blocks.add(
          new Table(
              "Faults, oldest first",
              Table.texts("code", "step", "when", "attempts", "what came of it", "message"),
              course.faults().stream().map(FaultBlocks::row).toList()));
    }
    if (!course.undoFailures().isEmpty()) {
      blocks.add(
          new Table(
              "What could not be undone and is left to a person",
              Table.texts("code", "step", "message"),
              course.undoFailures().stream()
                  .map(fault -> Table.row(fault.code().name(), fault.step(), fault.message()))
                  .toList()));
    }
    return blocks;
  }

  private static List<Table.Cell> row(Course.Trouble fault) {
    return Table.row(
        fault.code().name(),
        fault.step().isEmpty() ? Words.NOTHING : fault.step(),
        Words.time(fault.at()),
        Integer.toString(fault.attempts()),
        fault.outcome(),
        fault.message());
  }
}
