package dev.lockstep.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Rate;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.worker.engine.History;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The command {@code lockstep run} on a definition, as a person would start it. */
final class LockstepRun implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final LabTemporal temporal;
  private final Child command;
  private final WorkflowStub stub;

  private LockstepRun(LabTemporal temporal, Child command, WorkflowStub stub) {
    this.temporal = temporal;
    this.command = command;
    this.stub = stub;
  }

  /**
   * Starts it.
   *
   * @param folder for the definition and the output
   * @param name of the definition's migration
   */
  static LockstepRun start(LabTemporal temporal, Path folder, String name, String definition)
      throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), definition);
    Child command =
        Child.lockstep(
            folder,
            Map.of(),
            "run",
            file.toString(),
            "--address",
            temporal.address(),
            "--namespace",
            temporal.namespace());
    WorkflowStub stub = temporal.client().newUntypedWorkflowStub(RunStarter.workflowId(name));
    return new LockstepRun(temporal, command, stub);
  }

  /** The run as it stands; empty where it has not begun or nobody answers now. */
  Optional<RunStatus> status() {
    try {
      return Optional.of(stub.query("status", RunStatus.class));
    } catch (WorkflowException e) {
      return Optional.empty();
    }
  }

  /** Waits until the run stands so. */
  void await(String what, Duration patience, Predicate<RunStatus> condition) {
    Awaitility.await(what)
        .atMost(patience)
        .pollInterval(LOOK_EVERY)
        .failFast(() -> assertThat(command.isAlive()).as(command.output()).isTrue())
        .until(() -> status().filter(condition).isPresent());
  }

  /** Waits for the end of the command, and of the run, which must have succeeded. */
  RunOutcome succeeded(Duration patience) throws InterruptedException {
    Awaitility.await("the end of the run")
        .atMost(patience)
        .pollInterval(LOOK_EVERY)
        .until(() -> !command.isAlive());
    assertThat(command.exit()).as(command.output()).isZero();
    RunOutcome outcome = stub.getResult(RunOutcome.class);
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.figures()).containsEntry("mismatches", 0L);
    return outcome;
  }

  /** Gives the run another limit of rows a second. */
  void tune(long rowsPerSecond) {
    stub.update(
        "tune",
        Control.Taken.class,
        new Control.Tune(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Rate(rowsPerSecond)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("test")));
  }

  /** What the service has recorded of the run. */
  History history() {
    return History.of(temporal.client(), stub.describe().getExecution());
  }

  /** What is wrong with the tries of the activity under way, as Temporal knows it. */
  Optional<String> failureOfTheTryBefore() {
    return stub.describe().getRawDescription().getPendingActivitiesList().stream()
        .filter(it -> it.hasLastFailure())
        .map(it -> it.getLastFailure().getMessage())
        .findFirst();
  }

  @Override
  public void close() throws InterruptedException {
    command.close();
  }
}
