package dev.lockstep.definitions.examples;

import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import java.util.List;

/**
 * One example: a definition that can be run or that starts one, after everything that it refers to.
 *
 * @param file its name, such as {@code 01-add-column.yaml}
 * @param text as it stands in the file
 */
public record Example(String file, String text) {
  /** Reads and checks it. */
  public Definitions definitions() {
    return Definitions.load(List.of(Source.ofText(file, text)));
  }

  /** What it shows: its last definition. */
  public Definition subject() {
    List<Definition> all = definitions().all();
    return all.get(all.size() - 1);
  }

  /** The migration of one that shows such. */
  public Migration migration() {
    return definitions().migrations().get(0);
  }

  /** The database of that migration. The address is that of no real server. */
  public Database database() {
    return definitions().findDatabase(migration().database()).orElseThrow();
  }

  @Override
  public String toString() {
    return file;
  }
}
