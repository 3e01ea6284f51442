package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Listed;
import dev.lockstep.activities.backup.Reader;
import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.backup.Verification;
import dev.lockstep.activities.backup.Verified;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads one backup back. */
@Command(
    name = "verify",
    description = {
      "Reads every object of a backup, compares it with the manifest, and marks it as verified.",
      "Exit status: 0 it is whole, 2 the key is wrong or there is no such backup, 3 it is damaged."
    })
final class BackupsVerify extends VaultCommand {
  @Option(names = "--id", paramLabel = "ID", description = "Which one; default: the newest.")
  private @Nullable String id;

  BackupsVerify(Console console) {
    super(console);
  }

  /** The result for programs. */
  record Result(String backup, String id, boolean verified, long bytes, int objects) {}

  @Override
  int work(Vault vault, BackupChoice.Chosen chosen) {
    String backup = chosen.backup().name();
    Listed listed = vault.catalogue(backup).find(BackupsShow.which(id));
    Reader reader = vault.read(backup, listed.id());
    new Verification(reader, "verify").run(new ConsoleReporter(console()));
    vault.markVerified(
        backup,
        listed.id(),
        new Verified(Instant.now(), Verified.How.READ_BACK, "lockstep backups verify"));
    int objects = listed.manifest().objects().size();
    long bytes = listed.manifest().bytes();
    print(
        new Result(backup, listed.id(), true, bytes, objects),
        "%s/%s is whole: %s in %d objects%n"
            .formatted(backup, listed.id(), Amounts.bytes(bytes), objects));
    return ExitCode.DONE;
  }
}
