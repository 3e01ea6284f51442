package dev.lockstep.worker.demo;

import dev.lockstep.worker.embedded.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of the demo's worker processes.
 *
 * @param kubeconfig leads to the simulated cluster; there only while the demo runs
 * @param log what the processes write
 * @param watchdog ends them where this process is killed
 */
record WorkerFiles(Path kubeconfig, Path log, Watchdog watchdog) implements AutoCloseable {
  WorkerFiles {
    // For an end by a signal, which passes by every close.
    kubeconfig.toFile().deleteOnExit();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(kubeconfig);
  }
}
