package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Keysets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a keyset. */
@Command(
    name = "key",
    description = {
      "Prints a new keyset for spec.encryption.key of a Store. It is a secret: keep it apart from the"
          + " store, for without it no backup can be read.",
      "With --rotate it prints the given keyset with a new primary key in it."
    })
final class BackupsKey implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--rotate",
      paramLabel = "FILE",
      description = "The keyset that gets a new primary key; - is standard input.")
  private @Nullable String rotate;

  BackupsKey(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.output().println(rotate == null ? Keysets.create() : rotated(rotate));
    return ExitCode.DONE;
  }

  private String rotated(String file) {
    try {
      return Keysets.rotate(
          file.equals("-")
              ? new String(console.input().readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, "cannot read the keyset of " + file);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.INVALID, "what is in " + file + " is no Tink keyset");
    }
  }
}
