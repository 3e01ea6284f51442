package dev.lockstep.worker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with the backups of a store without a run. */
@Command(
    name = "backups",
    description = "Lists, shows, verifies and prunes the backups of a store; changes their key.")
final class BackupsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static CommandLine create(Console console) {
    return new CommandLine(new BackupsCommand())
        .addSubcommand(new BackupsList(console))
        .addSubcommand(new BackupsShow(console))
        .addSubcommand(new BackupsVerify(console))
        .addSubcommand(new BackupsPrune(console))
        .addSubcommand(new BackupsRewrap(console))
        .addSubcommand(new BackupsKey(console));
  }
}
