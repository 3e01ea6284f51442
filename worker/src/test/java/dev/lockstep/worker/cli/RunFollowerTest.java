package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.EngineUnreachableException;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.MigrationWorkflow;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.CanceledFailure;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of runs that somebody ends from outside, on a service with runs that wait for it. */
final class RunFollowerTest {
  private final EmbeddedTemporal service = EmbeddedTemporal.start();
  private final EngineConnection connection = EngineConnection.to(service.address());
  private final RunStarter starter = new RunStarter(connection);
  private final WorkerFactory factory = WorkerFactory.newInstance(connection.client());

  RunFollowerTest() throws IOException, EngineUnreachableException {}

  @BeforeEach
  void startWorker() {
    factory
        .newWorker(MigrationWorkflow.TASK_QUEUE)
        .registerWorkflowImplementationTypes(Waiting.class);
    factory.start();
  }

  @AfterEach
  void stop() {
    factory.shutdownNow();
    connection.close();
    service.close();
  }

  private static ObjectNode request(String name) {
    return Wire.mapper().createObjectNode().put("name", name);
  }

  private static ObjectNode inline(String database) {
    ObjectNode request = Wire.mapper().createObjectNode();
    request.putObject("definition").put("database", database);
    request.putArray("databases");
    return request;
  }

  private WorkflowStub started(String name) {
    WorkflowStub run = starter.start(name, request(name));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> run.describe().getMemo("begun", Boolean.class) != null);
    return run;
  }

  private static Followed follow(WorkflowStub run) {
    PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new RunFollower(
            run, new ProgressLines(nowhere, false), Optional.of(Duration.ofSeconds(60)), true)
        .follow();
  }

  @Test
  void aCancelledRunThatUndidEverythingIsAsBefore() {
    WorkflowStub run = started("undone");

    run.cancel();
    Followed followed = follow(run);

    assertThat(followed.exitCode()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(followed.outcome().orElseThrow().state()).isEqualTo(RunState.CANCELLED);
    assertThat(followed.outcome().orElseThrow().message()).isEqualTo("told by undone");
  }

  @Test
  void aCancelledRunThatIsLeftOpenNeedsAPerson() {
    WorkflowStub run = started("left-open");

    run.cancel();
    Followed followed = follow(run);

    assertThat(followed.exitCode()).isEqualTo(ExitCode.NEEDS_PERSON);
    assertThat(followed.outcome().orElseThrow().state()).isEqualTo(RunState.FAILED);
    assertThat(followed.outcome().orElseThrow().message()).isEqualTo("told by left-open");
  }

  @Test
  void aCancelledRunThatNeverBeganIsAsBefore() {
    WorkflowStub run = started("silent");

    run.cancel();
    Followed followed = follow(run);

    assertThat(followed.exitCode()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(followed.outcome().orElseThrow().message()).contains("before anything was changed");
  }

  @Test
  void ofATerminatedRunNobodySaysThatNothingWasChanged() {
    WorkflowStub run = started("undone");

    run.terminate("by a test");
    Followed followed = follow(run);

    assertThat(followed.exitCode()).isEqualTo(ExitCode.NEEDS_PERSON);
    assertThat(followed.fault().orElseThrow().code()).isEqualTo(FaultCode.RUN_ABORTED);
    assertThat(followed.isUnclear()).isTrue();
  }

  @Test
  void aSecondStartAttachesToTheRunOfTheSameDefinitionOnly() {
    WorkflowStub first = starter.start("shop", inline("one"));
    WorkflowStub second = starter.start("shop", inline("one"));
    WorkflowStub other = starter.start("shop", inline("other"));

    assertThat(RunStarter.execution(second)).isEqualTo(RunStarter.execution(first));
    assertThat(starter.isOf(second, inline("one"))).isTrue();
    assertThat(RunStarter.execution(other)).isEqualTo(RunStarter.execution(first));
    assertThat(starter.isOf(other, inline("other"))).isFalse();
  }

  @Test
  void aDryRunIsARunOfItsOwn() {
    WorkflowStub real = starter.start("shop", inline("one"));
    WorkflowStub dry = starter.start("shop", inline("one").put("dryRun", true));

    assertThat(RunStarter.execution(dry).getWorkflowId()).isEqualTo("migration/shop/dry-run");
    assertThat(RunStarter.execution(dry)).isNotEqualTo(RunStarter.execution(real));
  }

  @Test
  void aServiceThatGoesAwayIsNotARunThatFailed() {
    WorkflowStub unknown = connection.client().newUntypedWorkflowStub("migration/nobody");

    CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> follow(unknown));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  /** Waits for its cancellation, then tells its end as the engine does. */
  public static final class Waiting implements DynamicWorkflow {
    @Override
    public Object execute(EncodedValues input) {
      String name = input.get(0, JsonNode.class).path("name").asText();
      Workflow.upsertMemo(Map.of("begun", true));
      try {
        Workflow.await(() -> false);
      } catch (CanceledFailure e) {
        if (!name.equals("silent")) {
          Workflow.upsertMemo(
              Map.of(
                  MigrationWorkflow.MEMO_STATE,
                  name.equals("undone") ? "CANCELLED" : "FAILED",
                  MigrationWorkflow.MEMO_MESSAGE,
                  "told by " + name));
        }
        throw e;
      }
      return name;
    }
  }
}
