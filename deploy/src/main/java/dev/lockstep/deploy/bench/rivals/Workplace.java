package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.worker.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder and a server: that which was named, or an embedded one that ends with this. */
final class Workplace implements AutoCloseable {
  private final Path folder;
  private final Optional<EmbeddedDatabase> embedded;
  private final Copies copies;

  private Workplace(Path folder, Optional<EmbeddedDatabase> embedded, Server server) {
    this.folder = folder;
    this.embedded = embedded;
    this.copies = new Copies(server, folder);
  }

  /**
   * Opens it.
   *
   * @param database JDBC URL
   */
  static Workplace open(Optional<String> database) throws IOException {
    Path folder = Files.createTempDirectory("lockstep-rivals");
    if (database.isPresent()) {
      return new Workplace(folder, Optional.empty(), Server.parse(database.get()));
    }
    EmbeddedDatabase embedded = EmbeddedDatabase.start(folder.resolve("server"));
    return new Workplace(folder, Optional.of(embedded), Server.parse(embedded.jdbcUrl()));
  }

  Path folder() {
    return folder;
  }

  Copies copies() {
    return copies;
  }

  @Override
  public void close() throws IOException {
    copies.close();
    if (embedded.isPresent()) {
      embedded.get().close();
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
