package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.deploy.e2e.Requests;
import dev.lockstep.deploy.e2e.TokenShop;
import dev.lockstep.deploy.testbed.KillTable;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** The five-step change of a {@link TokenShop} under a name of its own, and its run. */
final class Change {
  /** Longer than every retry that a busy machine may need. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final TokenShop shop = new TokenShop();
  final String name = "customer-token-" + NUMBERS.incrementAndGet();
  final Path file;

  private final RealTemporal service;
  private final String text;

  /**
   * Writes the definition into a file.
   *
   * @param rollouts as YAML in the spec; may be empty
   * @param edit what is to be different
   */
  Change(
      Path folder,
      RealTemporal service,
      long rowsPerSecond,
      String rollouts,
      UnaryOperator<String> edit)
      throws IOException {
    this.service = service;
    this.text =
        edit.apply(
            shop.definition(folder, rowsPerSecond, rollouts)
                .replace("{name: customer-token}", "{name: " + name + "}"));
    this.file = folder.resolve(name + ".yaml");
    Files.writeString(file, text);
  }

  /** Without rollouts. */
  Change(Path folder, RealTemporal service, long rowsPerSecond, UnaryOperator<String> edit)
      throws IOException {
    this(folder, service, rowsPerSecond, "", edit);
  }

  /** A gate that a person passes stands before the contract. */
  static String withApproval(String text) {
    return text.replace("{revertWindow: 1s}", "{approval: required, revertWindow: 1s}");
  }

  /** The input of its run. */
  ObjectNode request() {
    return Requests.of(text);
  }

  /** Its path, as the command takes it. */
  String path() {
    return file.toString();
  }

  /** Starts its run, or finds it. */
  WorkflowStub start() {
    return new RunStarter(service.connection()).start(name, request());
  }

  /** Its newest run. */
  WorkflowStub run() {
    return service.client().newUntypedWorkflowStub(RunStarter.workflowId(name));
  }

  /** Waits until the status of its newest run is like that. */
  RunStatus await(Predicate<RunStatus> condition) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(WorkflowException.class)
        .until(() -> run().query("status", RunStatus.class), condition);
  }

  /** Waits until its newest run stands so. */
  RunStatus await(RunState state) {
    return await(status -> status.state() == state);
  }

  /**
   * Notes a kill for people.
   *
   * @param where what was killed and when
   * @param progress from the kill to the first new progress
   */
  void note(String where, RunOutcome outcome, Duration progress) {
    long repeated = outcome.figures().getOrDefault("batchesRepeated", 0L);
    KillTable.note(
        where,
        new KillTable.Loss(shop.changedTokens(), repeated),
        outcome.state().name(),
        progress);
  }

  /** Nothing was lost and nothing done twice. */
  void succeeded(RunOutcome outcome) {
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.figures()).containsEntry("mismatches", 0L);
    assertThat(outcome.figures().get("batchesRepeated")).isLessThanOrEqualTo(1L);
    assertThat(shop.changedTokens()).isZero();
    assertThat(shop.seenTokens()).isEqualTo(TokenShop.ROWS);
  }
}
