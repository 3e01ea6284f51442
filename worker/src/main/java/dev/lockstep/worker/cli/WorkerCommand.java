package dev.lockstep.worker.cli;

import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.DefinitionFolder;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.LockstepWorker;
import dev.lockstep.worker.engine.RunNotices;
import dev.lockstep.worker.watch.RpoWatch;
import io.temporal.envconfig.ClientConfigProfile;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Works for a Temporal service until it is told to stop. */
@Command(
    name = "worker",
    description =
        "Does the work of runs on a Temporal service until it gets SIGTERM; what is under way stops"
            + " at its next batch and goes on in another worker.")
final class WorkerCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServiceOptions service = new ServiceOptions();

  WorkerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    ClientConfigProfile profile = service.required("a worker needs a Temporal service");
    Settings settings = Settings.ofProcess();
    EngineConnection connection = ServiceOptions.connect(profile);
    Wiring wiring = Wiring.of(settings);
    LockstepWorker worker = LockstepWorker.start(connection, wiring.activities());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  worker.close();
                  wiring.close();
                  connection.close();
                  console.messages().flush();
                  // By itself the JVM ends with 143, which a supervisor takes for a failure.
                  Runtime.getRuntime().halt(ExitCode.DONE);
                },
                "stop"));
    new WorkerSchedules(console).reconcile(connection, settings);
    console.messages().println("lockstep: working for " + connection.address());
    watch(settings, wiring, connection);
    return ExitCode.DONE;
  }

  /** Until the process is ended: beside its work, a worker looks at the age of backups. */
  private void watch(Settings settings, Wiring wiring, EngineConnection connection)
      throws InterruptedException {
    CountDownLatch forever = new CountDownLatch(1);
    if (settings.definitionsPath().isEmpty()) {
      forever.await();
    }
    RpoWatch watch =
        RpoWatch.of(
            () -> new DefinitionFolder(settings.definitionsPath()).read(),
            wiring.vaults(),
            new RunNotices(connection),
            message -> console.messages().println("lockstep: " + message));
    do {
      watch.look(Instant.now());
    } while (!forever.await(RpoWatch.LOOK.toSeconds(), TimeUnit.SECONDS));
  }
}
