package dev.lockstep.worker.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.yaml.DefinitionWriter;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

  /** Whether the only argument names a definition instead of a file. */
  boolean isName() {
    return more.isEmpty()
        && files.size() == 1
        && !files.get(0).equals(Source.STANDARD_INPUT)
        && !Files.exists(Path.of(files.get(0)))
        && files.get(0).matches("[a-z0-9][-a-z0-9]*");
  }

  /**
   * The migration to run, or to plan.
   *
   * @param name of the migration, where the files hold several; absent: there is only one
   */
  Selection select(Console console, @Nullable String name) {
    if (isName()) {
      String known = files.get(0);
      return new Selection(
          known, Wire.mapper().createObjectNode().put("name", known), Places.UNKNOWN);
    }
    return select(read(console), name);
  }

  /** The input of a run of the one migration in that text. */
  static ObjectNode requestOf(String text) {
    Source source = Source.ofText("definition", text);
    return select(Definitions.load(List.of(source)), null).request();
  }

  private static Selection select(Definitions definitions, @Nullable String name) {
    if (!definitions.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, definitions.problems());
    }
    Migration migration = one(definitions.migrations(), name);
    ObjectNode request = Wire.mapper().createObjectNode();
    request.set("definition", DefinitionWriter.toJson(migration));
    ArrayNode databases = request.putArray("databases");
    for (Definition definition : definitions.all()) {
      if (definition instanceof Database) {
        databases.add(DefinitionWriter.toJson(definition));
      }
    }
    return new Selection(migration.name(), request, Places.of(definitions, migration));
  }

  private static Migration one(List<Migration> migrations, @Nullable String name) {
    List<Migration> fitting =
        migrations.stream().filter(it -> name == null || it.name().equals(name)).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    String known =
        migrations.isEmpty()
            ? "none"
            : migrations.stream().map(Migration::name).collect(Collectors.joining(", "));
    throw new CommandFailure(
        ExitCode.INVALID,
        name == null
            ? "one Migration is needed, the files hold: " + known + "; choose with --name"
            : "no Migration is called " + name + "; the files hold: " + known);
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
   * @param name of the migration
   * @param request the run's input without its options
   * @param places of the definition in the files
   */
  record Selection(String name, ObjectNode request, Places places) {}
}
