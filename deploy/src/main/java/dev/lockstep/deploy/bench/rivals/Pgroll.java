package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.Customers;
import dev.lockstep.deploy.bench.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * pgroll with its own defaults. Clients use the table itself and not its views of a version, so
 * that they need not change sides when the change completes.
 */
final class Pgroll implements Contender {
  private final Path binary;
  private final Column column;
  private final String version;

  Pgroll(Path binary, Column column, Path folder) throws IOException, InterruptedException {
    this.binary = binary;
    this.column = column;
    this.version = Program.run(List.of(binary.toString(), "--version"), Map.of(), folder).strip();
  }

  @Override
  public String name() {
    return "pgroll";
  }

  @Override
  public String about() {
    return version + ", its defaults: 1,000 rows a batch, no delay";
  }

  @Override
  public void prepare(Target target) throws IOException, InterruptedException {
    run(target, "init");
    Path history = Files.createTempDirectory(target.folder(), "pgroll-history");
    run(target, "baseline", "before", history.toString(), "--yes");
  }

  @Override
  public Done change(Target target) throws IOException, InterruptedException {
    Path file = migration(target.folder());
    Instant start = Instant.now();
    run(target, "start", file.toString());
    Span filled = Span.since(start);
    run(target, "complete");
    return new Done(filled, Optional.empty(), Span.since(start));
  }

  @Override
  public Held hold(Target target) throws IOException, InterruptedException {
    run(target, "start", migration(target.folder()).toString());
    return () -> {};
  }

  private Path migration(Path folder) throws IOException {
    String text =
        """
        operations:
          - add_column:
              table: %s
              up: "%s"
              column: {name: %s, type: text, nullable: %s}
        """
            .formatted(Target.TABLE, Customers.UP, Target.COLUMN, column.nullable());
    return Files.writeString(folder.resolve("add_full_name.yaml"), text);
  }

  private void run(Target target, String... words) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(binary.toString(), "--postgres-url", target.uri()), Stream.of(words))
            .toList();
    Program.run(command, Map.of(), target.folder());
  }
}
