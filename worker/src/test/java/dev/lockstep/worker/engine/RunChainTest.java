package dev.lockstep.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.worker.embedded.EmbeddedTemporal;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class RunChainTest {
  private static final String ID = "chain";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Goes on in so many new histories, and then for ever. */
  @WorkflowInterface
  public interface Chain {
    @WorkflowMethod
    void run(int left);
  }

  /** That workflow. */
  public static final class ChainRun implements Chain {
    @Override
    public void run(int left) {
      if (left > 0) {
        Workflow.continueAsNew(left - 1);
      }
      Workflow.await(() -> false);
    }
  }

  @Test
  void aRunIsFollowedIntoItsLastHistoryAndNotIntoAnotherRun() throws Exception {
    try (EmbeddedTemporal temporal = EmbeddedTemporal.start();
        EngineConnection connection = EngineConnection.to(temporal.address())) {
      WorkflowClient client = connection.client();
      WorkerFactory factory = WorkerFactory.newInstance(client);
      factory.newWorker(ID).registerWorkflowImplementationTypes(ChainRun.class);
      factory.start();
      String first = start(client, 2);
      String last =
          Awaitility.await()
              .atMost(PATIENCE)
              .until(() -> newest(client), runId -> has(client, first, runId));
      assertThat(last).isNotEqualTo(first);
      client.newUntypedWorkflowStub(ID).terminate("test");

      String other = start(client, 0);

      assertThat(runId(RunChain.last(client, ID, first))).isEqualTo(last);
      assertThat(runId(RunChain.last(client, ID, other))).isEqualTo(other);
      String unknown = UUID.randomUUID().toString();
      assertThatThrownBy(() -> RunChain.last(client, ID, unknown))
          .isInstanceOf(WorkflowNotFoundException.class);
      factory.shutdownNow();
    }
  }

  private static String start(WorkflowClient client, int histories) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder().setWorkflowId(ID).setTaskQueue(ID).build();
    WorkflowExecution run = client.newUntypedWorkflowStub("Chain", options).start(histories);
    return run.getRunId();
  }

  private static String newest(WorkflowClient client) {
    return runId(client.newUntypedWorkflowStub(ID));
  }

  /** Whether that is the third history, which waits. */
  private static boolean has(WorkflowClient client, String first, String runId) {
    return !runId.equals(first)
        && runId.equals(runId(RunChain.last(client, ID, first)))
        && RunHistories.of(client, ID).histories().size() == 3;
  }

  private static String runId(WorkflowStub stub) {
    return stub.describe().getExecution().getRunId();
  }
}
