package dev.lockstep.worker.cli;

import dev.lockstep.worker.engine.RunKind;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Runs a restore. */
@Command(
    name = "restore",
    description = {
      "Restores a backup into a new instance or an empty database, checks it, and, "
          + "where the definition says so, switches a Service to it.",
      "Exit status: 0 done, 1 failed and cleaned up, 2 wrong definition, 3 left to a person, 4 a"
          + " service could not be reached, 5 not finished."
    })
final class RestoreCommand extends RunCommand {
  RestoreCommand(Console console) {
    super(console, Optional.of(RunKind.RESTORE));
  }
}
