package dev.lockstep.deploy.real;

import dev.lockstep.deploy.e2e.Child;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.util.Map;
import org.awaitility.Awaitility;

/** Two workers that serve the same runs. */
final class TwoWorkers implements AutoCloseable {
  private final RealTemporal service;
  private final Child one;
  private final Child other;

  TwoWorkers(Terminal terminal, RealTemporal service) throws IOException {
    this.service = service;
    this.one = terminal.worker(Map.of());
    this.other = terminal.worker(Map.of());
  }

  /** The one that is at the activity of a run. */
  Child at(WorkflowStub run) {
    String identity =
        Awaitility.await()
            .atMost(Change.PATIENCE)
            .until(() -> service.workerOf(run), it -> !it.isEmpty());
    return identity.contains("@" + one.pid() + "@") ? one : other;
  }

  @Override
  public void close() throws InterruptedException {
    one.close();
    other.close();
  }
}
