package dev.lockstep.deploy.bench.rivals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.yaml.DefinitionWriter;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.definitions.yaml.Source;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.LockstepWorker;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.client.WorkflowStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Two names become one, with the engine in this process: to the gate, hidden, and back. */
final class RevertRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long LOOK_MILLIS = 20;

  private static final String DEFINITION =
      """
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: bench}
      spec:
        engine: postgresql
        connection: {url: "%s"}
        credentials: {files: {username: "%s", password: "%s"}}
      ---
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: revert}
      spec:
        database: bench
        changes:
          - addColumn:
              table: customers
              column: {name: full_name, type: text, nullable: false}
              up: "first_name || ' ' || last_name"
          - dropColumn: {table: customers, column: first_name, down: "split_part(full_name, ' ', 1)"}
          - dropColumn: {table: customers, column: last_name, down: "split_part(full_name, ' ', 2)"}
        contract: {approval: required, revertWindow: 1h}
        allow: [{code: NO_OLD_CLIENT_PATTERN, reason: the bench stops its old clients itself}]
      """;

  private final EmbeddedTemporal service;
  private final EngineConnection connection;
  private final Wiring wiring;
  private final LockstepWorker worker;
  private final WorkflowStub run;

  /** Starts it. */
  RevertRun(Target target) throws Exception {
    service = EmbeddedTemporal.start();
    connection = EngineConnection.to(service.address());
    wiring = Wiring.of(Settings.ofProcess());
    worker = LockstepWorker.start(connection, wiring.activities());
    run = new RunStarter(connection).start("bench/revert", request(target));
  }

  private static ObjectNode request(Target target) throws Exception {
    Server.Login login = target.server().login();
    Path user = Files.writeString(target.folder().resolve("username"), login.user());
    // A server that trusts everybody takes any, and an empty one is none.
    String password = login.password().isEmpty() ? "-" : login.password();
    Path secret = Files.writeString(target.folder().resolve("password"), password);
    String text = DEFINITION.formatted(target.server().jdbcUrl(target.database()), user, secret);
    Definitions definitions = Definitions.load(List.of(Source.ofText("revert.yaml", text)));
    if (!definitions.problems().isEmpty()) {
      throw new IllegalArgumentException(definitions.problems().toString());
    }
    ObjectNode request = Wire.mapper().createObjectNode();
    request.set("definition", DefinitionWriter.toJson(definitions.migrations().get(0)));
    definitions.all().stream()
        .filter(Database.class::isInstance)
        .forEach(it -> request.withArray("/databases").add(DefinitionWriter.toJson(it)));
    return request;
  }

  /** Waits until it waits at a step. */
  void awaitAt(String step) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      RunStatus status = run.query("status", RunStatus.class);
      if (status.state() == RunState.WAITING && status.step().equals(Optional.of(step))) {
        return;
      }
      if (status.state().isFinal() || System.nanoTime() > deadline) {
        throw new IllegalStateException("the run does not come to " + step + ": " + status);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  void approve() {
    run.update(
        "approve",
        Control.Taken.class,
        new Control.Approve("contract", Optional.empty(), Optional.empty()));
  }

  /** Takes everything back; returns when that is done. */
  void revert() {
    run.update(
        "revert", Control.Taken.class, new Control.Revert(Optional.empty(), Optional.empty()));
    RunOutcome outcome = run.getResult(RunOutcome.class);
    if (outcome.state() != RunState.ROLLED_BACK) {
      throw new IllegalStateException(outcome.state() + ": " + outcome.message());
    }
  }

  @Override
  public void close() {
    worker.close();
    wiring.close();
    connection.close();
    service.close();
  }
}
