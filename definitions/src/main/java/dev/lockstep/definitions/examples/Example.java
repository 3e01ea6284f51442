package dev.lockstep.definitions.examples;

import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import java.util.List;

/**
 * One example: the Database {@code shop} and a migration of it.
 *
 * @param file its name, such as {@code 01-add-column.yaml}
 * @param text as it stands in the file
 */
public record Example(String file, String text) {
  /** Reads and checks it. */
  public Definitions definitions() {
    return Definitions.load(List.of(Source.ofText(file, text)));
  }

  /** Its migration. */
  public Migration migration() {
    return definitions().migrations().get(0);
  }

  /** Its database. The address is that of no real server. */
  public Database database() {
    return definitions().findDatabase(migration().database()).orElseThrow();
  }

  @Override
  public String toString() {
    return file;
  }
}
