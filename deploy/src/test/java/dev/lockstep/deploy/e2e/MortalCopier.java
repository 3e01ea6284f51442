package dev.lockstep.deploy.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.LockstepWorker;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.envconfig.ClientConfigProfile;
import java.nio.file.Path;

/**
 * A worker that dies at {@link MortalMoments}: of a Temporal service, or with an engine of its own
 * for one run, as the command has it.
 */
public final class MortalCopier {
  private MortalCopier() {}

  /**
   * Works until it dies.
   *
   * @param arguments a file with the deaths so far; then address and namespace of a service, or the
   *     id of a workflow and a file with its input
   */
  public static void main(String[] arguments) throws Exception {
    Path deaths = Path.of(arguments[0]);
    if (!arguments[1].contains("/")) {
      Bystander bystander = new MortalMoments(deaths, MortalMoments.Which.EVERY);
      EngineConnection connection =
          EngineConnection.to(
              ClientConfigProfile.newBuilder()
                  .setAddress(arguments[1])
                  .setNamespace(arguments[2])
                  .build());
      Wiring wiring = Wiring.of(Settings.ofProcess());
      LockstepWorker.start(connection, Bystander.beside(bystander, wiring.activities()));
      Thread.currentThread().join();
    }
    Bystander bystander = new MortalMoments(deaths, MortalMoments.Which.CHANGES);
    EngineConnection connection = EngineConnection.to(EmbeddedTemporal.start().address());
    Wiring wiring = Wiring.alone(Settings.ofProcess());
    LockstepWorker.start(connection, Bystander.beside(bystander, wiring.activities()));
    ObjectNode request = Wire.mapper().readValue(Path.of(arguments[2]).toFile(), ObjectNode.class);
    RunOutcome outcome =
        new RunStarter(connection).start(arguments[1], request).getResult(RunOutcome.class);
    System.out.println(Wire.mapper().writeValueAsString(outcome));
    Runtime.getRuntime().halt(0);
  }
}
