package dev.lockstep.worker.cli;

import dev.lockstep.activities.restore.Evidence;
import dev.lockstep.activities.restore.EvidenceCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies the evidence of a drill. */
@Command(
    name = "evidence",
    description = {
      "Verifies the signed evidence of a drill: whether anything in it was changed, and, with"
          + " --key, whether that key signed it.",
      "Exit status: 0 it is valid, 2 it cannot be read, 3 it is not valid."
    })
final class EvidenceCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The evidence; - is standard input.")
  private String file = "";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The public key that must have signed it: Ed25519, X.509 in PEM.")
  private @Nullable Path key;

  @Mixin private OutputOptions output = new OutputOptions();

  EvidenceCommand(Console console) {
    this.console = console;
  }

  /** The result for programs. */
  record Result(boolean valid, List<String> problems, Optional<Evidence> evidence) {}

  @Override
  public Integer call() {
    EvidenceCheck.Result found = EvidenceCheck.verify(evidence(), publicKey());
    found.problems().forEach(problem -> console.messages().println(file + ": " + problem));
    output.print(
        console.output(),
        new Result(found.isValid(), found.problems(), found.evidence()),
        found.evidence().map(it -> text(it, found.isValid())).orElse(""));
    if (found.evidence().isEmpty()) {
      return ExitCode.INVALID;
    }
    return found.isValid() ? ExitCode.DONE : ExitCode.NEEDS_PERSON;
  }

  private String text(Evidence evidence, boolean valid) {
    return "%s: %s of %s/%s, %s: %s%n"
        .formatted(
            evidence.drill(),
            evidence.verdict().toString().replace('_', ' '),
            evidence.backup(),
            evidence.id(),
            evidence.started(),
            valid ? "the signature fits" : "NOT VALID");
  }

  private byte[] evidence() {
    try {
      return file.equals("-") ? console.input().readAllBytes() : Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, "cannot read " + file);
    }
  }

  private Optional<String> publicKey() {
    try {
      return key == null ? Optional.empty() : Optional.of(Files.readString(key));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, "cannot read " + key);
    }
  }
}
