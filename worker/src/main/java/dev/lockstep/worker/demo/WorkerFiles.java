package dev.lockstep.worker.demo;

import dev.lockstep.worker.demo.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of the demo's worker processes.
 *
 * @param kubeconfig leads to the simulated cluster; there only while the demo runs
 * @param log what the processes write
 */
record WorkerFiles(Path kubeconfig, Path log) implements AutoCloseable {
  static WorkerFiles create(SimulatedCluster cluster, Path log) throws IOException {
    Path kubeconfig = Files.createTempFile("lockstep-demo", ".yaml");
    // For an end by a signal, which passes by every close.
    kubeconfig.toFile().deleteOnExit();
    cluster.writeKubeconfig(kubeconfig);
    return new WorkerFiles(kubeconfig, log);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(kubeconfig);
  }
}
