package dev.lockstep.worker.cli;

import dev.lockstep.worker.demo.Demo;
import dev.lockstep.worker.demo.DemoSettings;
import dev.lockstep.worker.engine.EngineUnreachableException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the main job on this machine. */
@Command(
    name = "demo",
    description = {
      "Runs the main job under live traffic on embedded servers and kills the worker in the"
          + " middle.",
      "Real: PostgreSQL, Temporal's test server, the worker process. Simulated: the cluster."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long FEWEST_ROWS = 1000;
  private static final String POSTGRESQL = "jdbc:postgresql://";

  private final Console console;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Rows of the table, at least 1000; default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description =
          "A PostgreSQL of yours instead of the embedded one, with the login of PGUSER and"
              + " PGPASSWORD. The demo makes the schemas lockstep_demo and lockstep in it; the"
              + " first is removed at the end.")
  private @Nullable String database;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      defaultValue = "lockstep-demo",
      description = "For report.json and report.html; default: ${DEFAULT-VALUE}.")
  private Path report = Path.of("lockstep-demo");

  @Mixin private OutputOptions output = new OutputOptions();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (rows < FEWEST_ROWS) {
      throw new CommandFailure(
          ExitCode.INVALID, "--rows " + rows + " is too few to see anything: at least 1000");
    }
    if (database != null && !database.startsWith(POSTGRESQL)) {
      // The value may hold a password: it is not repeated.
      throw new CommandFailure(
          ExitCode.INVALID, "--database wants " + POSTGRESQL + "HOST:PORT/DATABASE");
    }
    DemoSettings settings =
        new DemoSettings(rows, Optional.ofNullable(database), report, console.messages());
    try {
      Demo.Shown shown = new Demo(settings, DefinitionFiles::requestOf).run();
      output.print(console.output(), shown.report(), "\n" + shown.summary());
      return shown.passed() ? ExitCode.DONE : ExitCode.NEEDS_PERSON;
    } catch (IOException | SQLException | EngineUnreachableException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }
}
