package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Vault;
import picocli.CommandLine.Command;

/** Changes the key. */
@Command(
    name = "rewrap",
    description =
        "Wraps the data keys of all backups anew with the key of the store: the primary one of its"
            + " keyset, or the newest version of that of its service. Older ones, and"
            + " spec.encryption.previous, are not needed any more then. The data stays as it is.")
final class BackupsRewrap extends VaultCommand {
  BackupsRewrap(Console console) {
    super(console);
  }

  /** The result for programs. */
  record Result(String backup, int rewrapped) {}

  @Override
  int work(Vault vault, BackupChoice.Chosen chosen) {
    String backup = chosen.backup().name();
    int changed = vault.rotation().rewrap(backup);
    print(new Result(backup, changed), "rewrapped: " + changed + " backups of " + backup + "\n");
    return ExitCode.DONE;
  }
}
