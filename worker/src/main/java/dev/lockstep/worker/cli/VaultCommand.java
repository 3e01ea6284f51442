package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Vault;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.RunFailures;
import dev.lockstep.workflows.fault.Fault;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Works on the backups of one definition, in this process. */
abstract class VaultCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private BackupChoice choice = new BackupChoice();
  @Mixin private OutputOptions output = new OutputOptions();

  VaultCommand(Console console) {
    this.console = console;
  }

  /** Does the work; the answer is the exit status. */
  abstract int work(Vault vault, BackupChoice.Chosen chosen);

  final Console console() {
    return console;
  }

  final void print(Object json, String text) {
    output.print(console.output(), json, text);
  }

  @Override
  public final Integer call() {
    BackupChoice.Chosen chosen = choice.read(console);
    try (Wiring wiring = Wiring.of(Settings.ofProcess());
        Vault vault = wiring.vaults().open(chosen.store())) {
      return work(vault, chosen);
    } catch (ApplicationFailure failure) {
      Fault fault = RunFailures.read(failure);
      throw new CommandFailure(ExitCode.of(fault.code()), fault.message());
    }
  }
}
