package dev.lockstep.worker.config;

import dev.lockstep.activities.planning.DefinitionSource;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The definition files of one folder, read anew each time, so that a changed file counts at once.
 */
public final class DefinitionFolder implements DefinitionSource {
  private final Optional<Path> folder;

  /**
   * Those of that folder.
   *
   * @param folder absent: no definition is known
   */
  public DefinitionFolder(Optional<Path> folder) {
    this.folder = folder;
  }

  @Override
  public Definitions read() {
    List<Source> sources = new ArrayList<>();
    for (Path file : files()) {
      try {
        sources.add(Source.ofFile(file));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return Definitions.load(sources);
  }

  private List<Path> files() {
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder.get())) {
      return entries
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder.get(), e);
    }
  }
}
