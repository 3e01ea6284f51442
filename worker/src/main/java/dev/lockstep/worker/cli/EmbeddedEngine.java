package dev.lockstep.worker.cli;

import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.embedded.ModestThreads;
import dev.lockstep.worker.engine.EmbeddedRuns;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.EngineUnreachableException;
import dev.lockstep.worker.engine.LockstepWorker;
import dev.lockstep.worker.engine.RunNotices;
import dev.lockstep.worker.watch.RpoWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Service and worker in this process, for one run without any set-up. */
final class EmbeddedEngine implements AutoCloseable {
  /** A supervisor gives 10 s (systemd-run, Docker) to 90 s to a process that it ends. */
  private static final Duration NOTICES_WAIT = Duration.ofSeconds(6);

  private final ModestThreads modest = ModestThreads.begin();
  private final EmbeddedTemporal service;
  private final EngineConnection connection;
  private final Wiring wiring;
  private final LockstepWorker worker;
  private final EmbeddedRuns.Note note;

  private final SignalNote signal;

  private EmbeddedEngine(
      EmbeddedTemporal service, EngineConnection connection, Settings settings, SignalNote signal) {
    this.signal = signal;
    this.service = service;
    this.connection = connection;
    this.wiring = Wiring.alone(settings);
    this.worker = LockstepWorker.start(connection, wiring.activities());
    this.note = ServiceOptions.embeddedRuns().note(service.address());
  }

  /**
   * Starts both.
   *
   * @param signal closed with the engine, or where it does not start
   */
  static EmbeddedEngine start(Settings settings, SignalNote signal) {
    try {
      EmbeddedTemporal service = EmbeddedTemporal.start();
      EngineConnection connection = EngineConnection.to(service.address());
      return new EmbeddedEngine(service, connection, settings, signal);
    } catch (IOException | EngineUnreachableException e) {
      signal.close();
      throw new CommandFailure(
          ExitCode.UNREACHABLE, "the embedded engine does not start: " + e.getMessage());
    }
  }

  EngineConnection connection() {
    return connection;
  }

  /** Looks at the age of the backups of these definitions. */
  RpoWatch watch(Supplier<Definitions> definitions, Consumer<String> messages) {
    return RpoWatch.of(definitions, wiring.vaults(), new RunNotices(connection), messages);
  }

  /**
   * Waits until what is to be told of runs is told, since with this process it is lost, and ends
   * the work.
   *
   * @return a sentence for each notice that nobody took, also of a run that ended last
   */
  Set<String> stop() {
    RunNotices notices = new RunNotices(connection);
    Set<String> missed = new LinkedHashSet<>(notices.awaitAll(NOTICES_WAIT));
    worker.close();
    missed.addAll(notices.late(NOTICES_WAIT));
    return missed;
  }

  @Override
  public void close() throws IOException {
    signal.close();
    note.close();
    worker.close();
    wiring.close();
    connection.close();
    service.close();
    modest.close();
  }
}
