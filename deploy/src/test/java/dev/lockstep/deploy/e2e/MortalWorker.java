package dev.lockstep.deploy.e2e;

import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.LockstepWorker;
import io.temporal.envconfig.ClientConfigProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A worker that dies of each step once, or of one step of each kind: when the step was done and the
 * engine does not know it.
 *
 * <p>Arguments: the engine's address, a file with the steps that already killed a worker, a {@link
 * Deaths}, and the namespace unless it is {@code default}.
 */
public final class MortalWorker implements Bystander {
  /** The exit status of a process that was killed by SIGKILL, as shells give it. */
  static final int KILLED = 137;

  private final Path deaths;
  private final Deaths which;

  private MortalWorker(Path deaths, Deaths which) {
    this.deaths = deaths;
    this.which = which;
  }

  /** What it dies of. */
  public enum Deaths {
    /** Every step. */
    EVERY_STEP,
    /** The first step of each activity. */
    EVERY_ACTIVITY
  }

  /** Works until it dies. */
  public static void main(String[] arguments) throws Exception {
    EngineConnection connection =
        EngineConnection.to(
            ClientConfigProfile.newBuilder()
                .setAddress(arguments[0])
                .setNamespace(arguments.length > 3 ? arguments[3] : "default")
                .build());
    Wiring wiring = Wiring.of(Settings.ofProcess());
    LockstepWorker.start(
        connection,
        Bystander.beside(
            new MortalWorker(Path.of(arguments[1]), Deaths.valueOf(arguments[2])),
            wiring.activities()));
    Thread.currentThread().join();
  }

  @Override
  public void begins(Call call) {
    // It dies only of what was done.
  }

  @Override
  public synchronized void ended(Call call) {
    String death = call.activity() + " " + call.step();
    try {
      if (Files.readAllLines(deaths).stream().anyMatch(known -> covers(known, death))) {
        return;
      }
      Files.writeString(deaths, death + "\n", StandardOpenOption.APPEND, StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().halt(KILLED);
  }

  private boolean covers(String known, String death) {
    return switch (which) {
      case EVERY_STEP -> known.equals(death);
      case EVERY_ACTIVITY -> activity(known).equals(activity(death));
    };
  }

  private static String activity(String death) {
    return death.substring(0, death.indexOf(' '));
  }
}
