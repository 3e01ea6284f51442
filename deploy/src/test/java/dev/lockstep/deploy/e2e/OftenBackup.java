package dev.lockstep.deploy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A backup of a small database, {@code backup/shop-often}, into a folder of a test. */
public final class OftenBackup {
  private final Path store;

  /** Into {@code store} of that folder. */
  public OftenBackup(Path folder) throws IOException {
    this.store = Files.createDirectories(folder.resolve("store"));
  }

  /**
   * The definitions of its database, of the store and of itself.
   *
   * @param definition of a change; its first document is the database
   */
  public String text(String definition) {
    return definition.split("(?m)^---$")[0]
        + """
        ---
        apiVersion: lockstep.dev/v1
        kind: Store
        metadata: {name: safe}
        spec: {filesystem: {path: "%s"}}
        ---
        apiVersion: lockstep.dev/v1
        kind: Backup
        metadata: {name: shop-often}
        spec: {database: shop, store: safe, method: portable}
        """
            .formatted(store);
  }

  /** How many there are that are complete. */
  public long count() throws IOException {
    return StoredFiles.of(store).stream().filter(file -> file.endsWith("manifest.json")).count();
  }
}
