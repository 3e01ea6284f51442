package dev.lockstep.worker.cli;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.yaml.Definitions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads and checks definitions without a server. */
@Command(
    name = "validate",
    description =
        "Names every problem of definition files, without any server. Exit status 0 or 2.")
final class ValidateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DefinitionFiles files = new DefinitionFiles();
  @Mixin private OutputOptions output = new OutputOptions();

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Definitions definitions = files.read(console);
    List<Problem> problems = definitions.problems();
    problems.forEach(console.messages()::println);
    List<String> names = definitions.all().stream().map(Definition::name).toList();
    output.print(
        console.output(),
        new Validated(problems.isEmpty(), names, problems),
        problems.isEmpty()
            ? "valid: " + String.join(", ", names) + "\n"
            : problems.size() + (problems.size() == 1 ? " problem\n" : " problems\n"));
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.INVALID;
  }

  /** The result for programs. */
  record Validated(boolean valid, List<String> definitions, List<Problem> problems) {}
}
