package dev.lockstep.worker.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import dev.lockstep.worker.engine.RunInput;
import dev.lockstep.worker.engine.RunKind;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The definition files that a command is given. */
final class DefinitionFiles {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Definition files; - is standard input.")
  private List<String> files = new ArrayList<>();

  @Option(names = "-f", paramLabel = "FILE", description = "One more file; may be repeated.")
  private List<String> more = new ArrayList<>();

  /** Reads them all, problems included. */
  Definitions read(Console console) {
    Set<String> names = new LinkedHashSet<>(files);
    names.addAll(more);
    if (names.isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, "a definition file is missing");
    }
    return Definitions.load(names.stream().map(name -> source(name, console)).toList());
  }

  /** Whether one of them is standard input. */
  boolean standardInput() {
    return files.contains(Source.STANDARD_INPUT) || more.contains(Source.STANDARD_INPUT);
  }

  /** Whether there are any. */
  boolean given() {
    return !files.isEmpty() || !more.isEmpty();
  }

  /** Whether the only argument names a definition instead of a file. */
  boolean isName() {
    return more.isEmpty()
        && files.size() == 1
        && !files.get(0).equals(Source.STANDARD_INPUT)
        && !Files.exists(Path.of(files.get(0)))
        && files.get(0).matches("((migration|backup|restore|drill)/)?[a-z0-9][-a-z0-9]*");
  }

  /** The only argument, where it names a run instead of a file. */
  Optional<String> run() {
    return more.isEmpty()
            && files.size() == 1
            && !files.get(0).equals(Source.STANDARD_INPUT)
            && !files.get(0).matches(".*\\.(ya?ml|json)")
            && !Files.exists(Path.of(files.get(0)))
        ? Optional.of(files.get(0))
        : Optional.empty();
  }

  /**
   * The definition to run, or to plan.
   *
   * @param wanted what is looked for, where the files hold several
   */
  Selection select(Console console, Wanted wanted) {
    if (isName()) {
      String known = files.get(0);
      RunKind kind = RunKind.ofId(known).or(() -> wanted.kind()).orElse(RunKind.MIGRATION);
      ObjectNode request = Wire.mapper().createObjectNode().put("name", kind.bare(known));
      return new Selection(kind, kind.bare(known), request, Places.UNKNOWN);
    }
    return select(read(console), wanted);
  }

  /** The input of a run of the one runnable definition in that text. */
  static ObjectNode requestOf(String text) {
    Source source = Source.ofText("definition", text);
    return select(Definitions.load(List.of(source)), Wanted.ANY).request();
  }

  /** The one of these that is wanted. */
  static Selection select(Definitions definitions, Wanted wanted) {
    if (!definitions.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, definitions.problems());
    }
    Definition chosen = wanted.of(definitions.runnables());
    ObjectNode request = RunInput.of(definitions, chosen);
    RunKind kind = Wanted.kindOf(chosen);
    return new Selection(kind, chosen.name(), request, Places.of(definitions, chosen));
  }

  private static Source source(String name, Console console) {
    try {
      return name.equals(Source.STANDARD_INPUT)
          ? Source.ofStream(name, console.input())
          : Source.ofFile(Path.of(name));
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.INVALID, "there is no file " + name);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, "cannot read " + name + ": " + e.getMessage());
    }
  }

  /**
   * What to run.
   *
   * @param name of the definition
   * @param request the run's input without its options
   * @param places of the definition in the files
   */
  record Selection(RunKind kind, String name, ObjectNode request, Places places) {
    /** What the engine calls it. */
    String run() {
      return kind == RunKind.MIGRATION
          ? name
          : kind.toString().toLowerCase(Locale.ROOT) + "/" + name;
    }
  }
}
