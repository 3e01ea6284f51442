package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Decision;
import dev.lockstep.activities.backup.KeptPoints;
import dev.lockstep.activities.backup.Pruning;
import dev.lockstep.activities.backup.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes what retention does not keep. */
@Command(
    name = "prune",
    description = {
      "Removes the backups that no rule of retention keeps; says the reason for each that stays.",
      "Exit status 3 where something that should go is locked."
    })
final class BackupsPrune extends VaultCommand {
  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  BackupsPrune(Console console) {
    super(console);
  }

  /** The result for programs. */
  record Result(
      String backup,
      boolean dryRun,
      List<Decision> decisions,
      List<String> restorePoints,
      List<String> locked) {}

  @Override
  int work(Vault vault, BackupChoice.Chosen chosen) {
    Pruning pruning = vault.pruning(chosen.backup().name());
    Result result = result(vault.kept(), pruning, chosen);
    print(result, text(result));
    return result.locked().isEmpty() ? ExitCode.DONE : ExitCode.NEEDS_PERSON;
  }

  private Result result(KeptPoints kept, Pruning pruning, BackupChoice.Chosen chosen) {
    String backup = chosen.backup().name();
    List<String> over =
        kept.over(kept.list(), backup).stream()
            .map(it -> KeptPoints.point(it) + " " + KeptPoints.kept(it).what())
            .toList();
    if (dryRun) {
      return new Result(backup, true, pruning.plan(chosen.backup().retention()), over, List.of());
    }
    Pruning.Result done = pruning.prune(chosen.backup().retention());
    List<String> locked = new ArrayList<>(done.locked());
    kept.prune(backup, locked);
    return new Result(backup, false, done.decisions(), over, locked);
  }

  private static String text(Result result) {
    StringBuilder text = new StringBuilder();
    for (Decision decision : result.decisions()) {
      String verdict = decision.verdict().name().toLowerCase(Locale.ROOT);
      text.append(
          "%s  %-6s %s%n"
              .formatted(
                  decision.candidate().id(), verdict, String.join(", ", decision.reasons())));
    }
    result
        .restorePoints()
        .forEach(over -> text.append("%s  pruned kept long enough%n".formatted(over)));
    result.locked().forEach(lock -> text.append("! ").append(lock).append('\n'));
    if (result.decisions().isEmpty()) {
      text.append("no backup of ").append(result.backup()).append('\n');
    }
    if (result.dryRun()) {
      text.append("dry run: nothing was removed\n");
    }
    return text.toString();
  }
}
