package dev.lockstep.worker.cli;

import dev.lockstep.worker.engine.RunKind;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Runs a drill. */
@Command(
    name = "drill",
    description = {
      "Proves that a backup restores: into a throw-away place, with checks, measured "
          + "against objectives.",
      "Exit status: 0 done, 1 failed and cleaned up, 2 wrong definition, 3 left to a person, 4 a"
          + " service could not be reached, 5 not finished."
    })
final class DrillCommand extends RunCommand {
  DrillCommand(Console console) {
    super(console, Optional.of(RunKind.DRILL));
  }
}
