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

/** reshape with its own defaults. Clients use the table itself and not its views of a version. */
final class Reshape implements Contender {
  private final Path binary;
  private final Column column;
  private final String version;

  Reshape(Path binary, Column column, Path folder) throws IOException, InterruptedException {
    this.binary = binary;
    this.column = column;
    this.version = Program.run(List.of(binary.toString(), "--version"), Map.of(), folder).strip();
  }

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public String about() {
    return version + ", its defaults";
  }

  @Override
  public Done change(Target target) throws IOException, InterruptedException {
    List<String> begin = begin(target);
    Instant start = Instant.now();
    Program.run(begin, Map.of(), target.folder());
    Span filled = Span.since(start);
    Program.run(command(target, "complete"), Map.of(), target.folder());
    return new Done(filled, Optional.empty(), Span.since(start));
  }

  @Override
  public Held hold(Target target) throws IOException, InterruptedException {
    Program.run(begin(target), Map.of(), target.folder());
    return () -> {};
  }

  private List<String> begin(Target target) throws IOException {
    Path files = Files.createTempDirectory(target.folder(), "reshape");
    String text =
        """
        [[actions]]
        type = "add_column"
        table = "%s"
        up = "%s"

        [actions.column]
        name = "%s"
        type = "TEXT"
        nullable = %s
        """
            .formatted(Target.TABLE, Customers.UP, Target.COLUMN, column.nullable());
    Files.writeString(files.resolve("add_full_name.toml"), text);
    List<String> command = command(target, "start");
    return Stream.concat(command.stream(), Stream.of("--dirs", files.toString())).toList();
  }

  private List<String> command(Target target, String verb) {
    return List.of(binary.toString(), "migration", verb, "--url", target.uri());
  }
}
