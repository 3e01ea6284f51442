package dev.lockstep.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryReasonsTest {
  private static final String QUEUE = "reasons";

  /** Calls an activity, and gives what it was told meanwhile. */
  @WorkflowInterface
  public interface Listening {
    @WorkflowMethod
    List<String> run(StepScope scope);

    @SignalMethod
    void progress(Progress progress);
  }

  /** One that fails. */
  @ActivityInterface
  public interface Failing {
    @ActivityMethod(name = "thaw")
    StepOutcome thaw(StepScope scope);
  }

  /** That workflow. */
  public static final class ListeningRun implements Listening {
    private final List<String> told = new ArrayList<>();

    @Override
    public List<String> run(StepScope scope) {
      ActivityOptions options =
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofMinutes(1))
              .setRetryOptions(
                  RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(50)).build())
              .build();
      Workflow.newActivityStub(Failing.class, options).thaw(scope);
      Workflow.await(() -> told.size() >= 2);
      return told;
    }

    @Override
    public void progress(Progress progress) {
      told.add(progress.step() + ": " + progress.waitingFor());
    }
  }

  /** Answers at the third try; what may not be tried again is refused at once. */
  public static final class Stubborn implements Failing {
    private int tries;

    @Override
    public synchronized StepOutcome thaw(StepScope scope) {
      if (scope.step().isEmpty()) {
        throw Faults.failure(FaultCode.WORKLOAD_CHANGED, "somebody changed it", "");
      }
      tries++;
      if (tries < 3) {
        throw Faults.failure(FaultCode.THAW_FAILED, "no answer to try " + tries, scope.step());
      }
      return StepOutcome.done();
    }
  }

  @Test
  void theRunLearnsWhyAStepIsTriedAgain() throws Exception {
    try (EmbeddedTemporal temporal = EmbeddedTemporal.start();
        EngineConnection connection = EngineConnection.to(temporal.address())) {
      WorkerFactory factory =
          WorkerFactory.newInstance(
              connection.client(),
              WorkerFactoryOptions.newBuilder().setWorkerInterceptors(new RetryReasons()).build());
      Worker worker = factory.newWorker(QUEUE);
      worker.registerWorkflowImplementationTypes(ListeningRun.class);
      worker.registerActivitiesImplementations(new Stubborn());
      factory.start();

      String[] told = start(connection, "migrate/freeze").getResult(String[].class);
      assertThat(told)
          .containsExactly(
              "migrate/freeze: [no answer to try 1]", "migrate/freeze: [no answer to try 2]");
      WorkflowStub refused = start(connection, "");
      assertThatThrownBy(() -> refused.getResult(String[].class))
          .isInstanceOf(WorkflowFailedException.class)
          .hasRootCauseInstanceOf(ApplicationFailure.class);
      factory.shutdownNow();
    }
  }

  private static WorkflowStub start(EngineConnection connection, String step) {
    WorkflowStub stub =
        connection
            .client()
            .newUntypedWorkflowStub(
                "Listening", WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
    Database database =
        new Database(
            "shop",
            Engine.POSTGRESQL,
            new Connection.Url("jdbc:postgresql://localhost/shop"),
            new Credentials.None(),
            List.of());
    stub.start(new StepScope(new RunKey("nightly/1"), step, database, Limits.DEFAULT));
    return stub;
  }
}
