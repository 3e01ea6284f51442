package dev.lockstep.worker.cli;

import dev.lockstep.activities.kept.BroughtBack;
import dev.lockstep.activities.kept.KeptRestore;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.RunFailures;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;

/** Brings back what a migration dropped, in this process. */
record KeptCommand(Console console, OutputOptions output) {
  /**
   * What is wanted.
   *
   * @param run a run of a migration, or its name
   */
  record Point(String run, Optional<String> table, Optional<String> into) {}

  /** The result for programs. */
  record Result(String restorePoint, List<BroughtBack> tables) {}

  int bringBack(BackupChoice.Beside beside, Point point) {
    try (Wiring wiring = Wiring.of(Settings.ofProcess())) {
      List<BroughtBack> tables =
          wiring
              .keptRestore()
              .bringBack(
                  new KeptRestore.Wish(
                      beside.database(), beside.store(), point.run(), point.table(), point.into()),
                  new ConsoleReporter(console));
      Result result = new Result(point.run(), tables);
      output.print(console.output(), result, text(result));
      return ExitCode.DONE;
    } catch (ApplicationFailure failure) {
      Fault fault = RunFailures.read(failure);
      throw new CommandFailure(ExitCode.of(fault.code()), fault.message());
    }
  }

  private static String text(Result result) {
    StringBuilder text = new StringBuilder();
    for (BroughtBack table : result.tables()) {
      text.append(
          "%s: %s kept, %s brought back into %s, %s gone, %s new since%n"
              .formatted(
                  table.what(),
                  Amounts.rows(table.kept()),
                  Amounts.rows(table.matched()),
                  table.into(),
                  Amounts.rows(table.gone()),
                  Amounts.rows(table.fresh())));
      table.notes().forEach(note -> text.append("! ").append(note).append('\n'));
    }
    return text.toString();
  }
}
