package dev.lockstep.deploy.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.demo.cluster.SimulatedCluster;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.LockstepWorker;
import dev.lockstep.worker.engine.RunStarter;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** The embedded engine, the real worker and a simulated cluster in this JVM. */
final class Stage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  final Aborts aborts;
  final Pods pods = new Pods();
  private final SimulatedCluster cluster = SimulatedCluster.start(pods);
  private final EmbeddedTemporal service;
  private final EngineConnection connection;
  private final Wiring wiring;
  private final LockstepWorker worker;

  /**
   * Sets it up.
   *
   * @param folder for the kubeconfig
   */
  Stage(Path folder) throws Exception {
    Path kubeconfig = folder.resolve("kubeconfig");
    cluster.writeKubeconfig(kubeconfig);
    System.setProperty("kubeconfig", kubeconfig.toString());
    service = EmbeddedTemporal.start();
    connection = EngineConnection.to(service.address());
    wiring = Wiring.of(Settings.ofProcess());
    aborts = new Aborts(connection.client());
    worker = LockstepWorker.start(connection, Bystander.beside(aborts, wiring.activities()));
  }

  /**
   * Starts a run.
   *
   * @param workflowId with a slash in it; of its own for each database, so that the same example
   *     can run in several
   */
  WorkflowStub start(String workflowId, ObjectNode request) {
    return new RunStarter(connection).start(workflowId, request);
  }

  /** A Deployment of one pod with version 1, running. */
  void deploy(String name) {
    WorkloadReference workload =
        new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", name);
    cluster.create(workload, 1, Map.of("web", "shop-web:1"));
    Awaitility.await().atMost(PATIENCE).until(() -> cluster.complete(workload));
  }

  @Override
  public void close() {
    worker.close();
    wiring.close();
    connection.close();
    service.close();
    cluster.close();
    System.clearProperty("kubeconfig");
  }
}
