package dev.lockstep.worker.cli;

import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.DefinitionFolder;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.server.LockstepServer;
import dev.lockstep.worker.server.LockstepServer.Listen;
import dev.lockstep.worker.server.LockstepServer.Tokens;
import io.temporal.envconfig.ClientConfigProfile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes webhooks until it is told to stop. */
@Command(
    name = "server",
    description = {
      "Takes webhooks that start runs on a Temporal service, and tells of runs and hands on what"
          + " they are told, until it gets SIGTERM. While the service is away deliveries wait on the"
          + " disk.",
      "Without files it takes the definitions of the folder $LOCKSTEP_DEFINITIONS_PATH, as a worker"
          + " does."
    })
final class ServerCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DefinitionFiles files = new DefinitionFiles();
  @Mixin private ServiceOptions service = new ServiceOptions();
  @Mixin private ServerOptions options = new ServerOptions();

  ServerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    ClientConfigProfile profile = service.required("a server needs a Temporal service");
    Settings settings = Settings.ofProcess();
    Supplier<Definitions> reader = reader(settings);
    Definitions first = first(reader);
    Listen listen = options.listen();
    Tokens tokens = options.tokens();
    Wiring wiring = Wiring.of(settings);
    LockstepServer server =
        start(
            new LockstepServer.Parts(
                listen,
                new LockstepServer.Known(first, reader),
                tokens,
                options.limits(),
                options.queue(),
                () -> EngineConnection.to(profile),
                wiring.databases().tokens()::read,
                audit(),
                message -> console.messages().println("lockstep: " + message)));
    endWith(server, wiring);
    console
        .messages()
        .println(
            "lockstep: listening at %s:%d for %s"
                .formatted(
                    server.address().getHostString(),
                    server.address().getPort(),
                    profile.getAddress()));
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  private void endWith(LockstepServer server, Wiring wiring) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    server.close();
                  } catch (IOException e) {
                    console.messages().println("lockstep: the queue did not close: " + e);
                  }
                  wiring.close();
                  console.messages().flush();
                  // By itself the JVM ends with 143, which a supervisor takes for a failure.
                  Runtime.getRuntime().halt(ExitCode.DONE);
                },
                "stop"));
  }

  private static LockstepServer start(LockstepServer.Parts parts) {
    try {
      return LockstepServer.start(parts);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }

  /** Files, read anew each time, or the folder of the worker or of the option. */
  private Supplier<Definitions> reader(Settings settings) {
    Optional<Path> folder = options.definitions().or(settings::definitionsPath);
    if (files.given() && options.definitions().isPresent()) {
      throw new CommandFailure(
          ExitCode.INVALID, "--definitions and definition files exclude each other");
    }
    if (files.given()) {
      if (files.standardInput()) {
        throw new CommandFailure(
            ExitCode.INVALID, "a server reads its definitions again and again, so not from -");
      }
      return () -> files.read(console);
    }
    if (folder.isEmpty()) {
      throw new CommandFailure(
          ExitCode.INVALID,
          "a server needs definitions: give --definitions FOLDER, -f FILE or"
              + " LOCKSTEP_DEFINITIONS_PATH");
    }
    return () -> new DefinitionFolder(folder).read();
  }

  private static Definitions first(Supplier<Definitions> reader) {
    try {
      Definitions first = reader.get();
      if (!first.problems().isEmpty()) {
        throw new CommandFailure(ExitCode.INVALID, first.problems());
      }
      return first;
    } catch (UncheckedIOException e) {
      throw new CommandFailure(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private PrintStream audit() {
    Optional<Path> file = options.audit();
    if (file.isEmpty()) {
      return console.messages();
    }
    try {
      return new PrintStream(
          Files.newOutputStream(file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
          true,
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, "cannot write to " + file.get());
    }
  }
}
