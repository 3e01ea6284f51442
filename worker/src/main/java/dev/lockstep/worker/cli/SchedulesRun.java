package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.schedules.LocalClock;
import dev.lockstep.worker.watch.RpoWatch;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The clock of the embedded engine. */
@Command(
    name = "run",
    description =
        "Runs the schedules of definition files on the embedded engine, without a Temporal service,"
            + " until it gets SIGTERM. What was due while no such process ran is caught up with.")
final class SchedulesRun implements Callable<Integer> {
  private static final long LOOK_MILLIS = 500;

  private final Console console;

  @Mixin private DefinitionFiles files = new DefinitionFiles();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "What the clock remembers; default: ~/.lockstep/schedules.json.")
  private @Nullable Path state;

  SchedulesRun(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Definitions definitions = files.read(console);
    if (!definitions.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, definitions.problems());
    }
    if (definitions.schedules().isEmpty()) {
      throw new CommandFailure(ExitCode.INVALID, "the files hold no Schedule");
    }
    EmbeddedEngine engine =
        EmbeddedEngine.start(
            Settings.ofProcess(), SignalNote.during(console.messages(), "lockstep: stopping"));
    AtomicInteger exit = new AtomicInteger(ExitCode.DONE);
    try {
      run(definitions, engine, exit);
      return ExitCode.DONE;
    } catch (IOException e) {
      exit.set(ExitCode.NEEDS_PERSON);
      throw new CommandFailure(
          ExitCode.NEEDS_PERSON, "the schedules cannot go on: " + e.getMessage());
    }
  }

  private void run(Definitions definitions, EmbeddedEngine engine, AtomicInteger exit)
      throws IOException, InterruptedException {
    LocalClock clock =
        LocalClock.open(place(), new EmbeddedStarts(definitions, engine.connection()), this::say);
    CountDownLatch stop = stopOnSignal(engine, clock, exit);
    List<Schedule> schedules = definitions.schedules();
    clock.take(schedules, Instant.now());
    clock.next().forEach((name, time) -> say("schedule " + name + ": next at " + time));
    say("running " + schedules.size() + (schedules.size() == 1 ? " schedule" : " schedules"));
    RpoWatch watch = engine.watch(() -> definitions, this::say);
    Instant watched = Instant.EPOCH;
    try {
      do {
        Instant now = Instant.now();
        clock.look(now);
        if (watched.plus(RpoWatch.LOOK).isBefore(now)) {
          watch.look(now);
          watched = now;
        }
      } while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (StatusRuntimeException | WorkflowServiceException e) {
      if (stop.getCount() > 0) {
        throw e;
      }
      // The engine is being stopped; what was to be started stands in the file.
    }
    // The hook ends the process.
    new CountDownLatch(1).await();
  }

  private Path place() {
    return state == null
        ? Path.of(System.getProperty("user.home"), ".lockstep", "schedules.json")
        : state;
  }

  private CountDownLatch stopOnSignal(EmbeddedEngine engine, LocalClock clock, AtomicInteger exit) {
    CountDownLatch stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  try {
                    engine.stop().forEach(this::say);
                    engine.close();
                    clock.close();
                    // By itself the JVM ends with 143, which a supervisor takes for a failure.
                    Runtime.getRuntime().halt(exit.get());
                  } catch (IOException e) {
                    say("did not stop in order: " + e.getMessage());
                    Runtime.getRuntime().halt(ExitCode.NEEDS_PERSON);
                  }
                },
                "stop"));
    return stop;
  }

  private void say(String text) {
    console.messages().println("lockstep: " + text);
    console.messages().flush();
  }
}
