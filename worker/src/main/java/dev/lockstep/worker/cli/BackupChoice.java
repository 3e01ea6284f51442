package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.config.DefinitionFolder;
import dev.lockstep.worker.config.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which backup a command is about: one of the given files, or of the folder that a worker knows.
 */
final class BackupChoice {
  @Mixin private DefinitionFiles files = new DefinitionFiles();

  @Option(
      names = "--name",
      paramLabel = "BACKUP",
      description = "Which Backup, where the files hold several.")
  private @Nullable String name;

  /** What was chosen. */
  record Chosen(Backup backup, Store store) {}

  /** What was chosen, with the database that it is of. */
  record Beside(Backup backup, Store store, Database database) {}

  Chosen read(Console console) {
    Definitions definitions =
        files.given()
            ? files.read(console)
            : new DefinitionFolder(Settings.ofProcess().definitionsPath()).read();
    return chosen(definitions, Optional.ofNullable(name));
  }

  /**
   * The Backup of these definitions, and what it refers to.
   *
   * @param name absent: there is only one
   */
  static Beside of(Definitions definitions, Optional<String> name) {
    Chosen chosen = chosen(definitions, name);
    Database database =
        definitions
            .findDatabase(chosen.backup().database())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.INVALID,
                        "there is no Database %s beside %s"
                            .formatted(chosen.backup().database(), chosen.backup().name())));
    return new Beside(chosen.backup(), chosen.store(), database);
  }

  private static Chosen chosen(Definitions definitions, Optional<String> name) {
    if (!definitions.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, definitions.problems());
    }
    List<Backup> fitting =
        definitions.all().stream()
            .filter(Backup.class::isInstance)
            .map(Backup.class::cast)
            .filter(backup -> name.isEmpty() || backup.name().equals(name.get()))
            .toList();
    if (fitting.size() != 1) {
      throw new CommandFailure(ExitCode.INVALID, wanted(definitions, name));
    }
    Backup backup = fitting.get(0);
    return new Chosen(
        backup,
        definitions
            .findStore(backup.store())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.INVALID,
                        "there is no Store " + backup.store() + " beside " + backup.name())));
  }

  private static String wanted(Definitions definitions, Optional<String> name) {
    String known =
        definitions.all().stream()
            .filter(Backup.class::isInstance)
            .map(Definition::name)
            .collect(Collectors.joining(", "));
    String there = known.isEmpty() ? "none" : known;
    return name.isEmpty()
        ? "one Backup is needed, there are: " + there + "; choose with --name"
        : "no Backup is called " + name.get() + "; there are: " + there;
  }
}
