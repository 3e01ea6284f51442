package dev.lockstep.worker.cli;

import dev.lockstep.worker.engine.RunKind;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a restore, or brings back what a migration dropped. */
@Command(
    name = "restore",
    description = {
      "Restores a backup into a new instance or an empty database, checks it, and, "
          + "where the definition says so, switches a Service to it.",
      "With --restore-point: brings the columns and tables back that a migration dropped, from the"
          + " store of its restore point; FILE then holds the Backup with its Database and Store.",
      "Exit status: 0 done, 1 failed and cleaned up, 2 wrong definition, 3 left to a person, 4 a"
          + " service could not be reached, 5 not finished."
    })
final class RestoreCommand extends RunCommand {
  @Option(
      names = "--restore-point",
      paramLabel = "RUN",
      description =
          "What was dropped by this run of a migration, such as customer-full-name/1, or by the"
              + " newest one of that name; see: lockstep backups list --restore-points.")
  private @Nullable String point;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "With --restore-point: only what was dropped of this table, or this table.")
  private @Nullable String table;

  @Option(
      names = "--into",
      paramLabel = "TABLE",
      description =
          "With --restore-point: bring it into this new table; columns come with the key of their"
              + " rows.")
  private @Nullable String into;

  RestoreCommand(Console console) {
    super(console, Optional.of(RunKind.RESTORE));
  }

  @Override
  public Integer call() throws IOException {
    @Nullable String wanted = point;
    if (wanted != null) {
      return new KeptCommand(console(), output())
          .bringBack(
              BackupChoice.of(files().read(console()), name()),
              new KeptCommand.Point(wanted, Optional.ofNullable(table), Optional.ofNullable(into)));
    }
    if (table != null || into != null) {
      throw new CommandFailure(ExitCode.INVALID, "--table and --into need --restore-point");
    }
    return super.call();
  }
}
