package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.RunChain;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.worker.server.Audit.Told;
import dev.lockstep.workflows.api.Control;
import dev.lockstep.workflows.api.RunStatus;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers questions about runs, and hands on what they are told. */
final class RunRoutes {
  private static final Duration QUESTION = Duration.ofSeconds(10);
  private static final Duration ORDER = Duration.ofSeconds(20);
  private static final Pattern RUN_ID =
      Pattern.compile("|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String NO_TOKEN = "a token that may do this is needed in Authorization";

  private final Shared shared;

  RunRoutes(Shared shared) {
    this.shared = shared;
  }

  Answer status(Sent sent, String run) {
    if (shared.tokens().reader(sent).isEmpty()) {
      return unauthorized();
    }
    String runId = sent.parameter("runId");
    if (!RUN_ID.matcher(runId).matches()) {
      return Answer.error(400, "runId is the one that a delivery was answered with");
    }
    return call(
        QUESTION,
        client -> {
          String workflow = RunStarter.workflowId(run);
          WorkflowStub stub =
              runId.isEmpty()
                  ? client.newUntypedWorkflowStub(workflow)
                  : RunChain.last(client, workflow, runId);
          return Answer.json(200, Wire.tree(stub.query("status", RunStatus.class)));
        });
  }

  /**
   * Tells a run something.
   *
   * @param action the name of the update
   */
  Answer control(Sent sent, String run, String action) {
    Optional<String> who = shared.tokens().controller(sent);
    String workflow = RunStarter.workflowId(run);
    if (who.isEmpty()) {
      shared.audit().write("", action, workflow, new Told("unauthorized", "no token fits"));
      return unauthorized();
    }
    Answer answer;
    try {
      Object argument = argument(action, who.get(), sent.body());
      answer =
          call(
              ORDER,
              client ->
                  Answer.json(
                      200,
                      Wire.tree(
                          client
                              .newUntypedWorkflowStub(workflow)
                              .update(action, Control.Taken.class, argument))));
    } catch (IOException | IllegalArgumentException e) {
      answer =
          Answer.error(
              400, "the body is one JSON object with reason, or gate and comment for approve");
    }
    String message = answer.body().strip();
    String outcome = answer.status() == 200 ? "taken" : "refused";
    shared.audit().write(who.get(), action, workflow, new Told(outcome, message));
    return answer;
  }

  /** Who says it is the token's name, whatever the body says. */
  private static Object argument(String action, String who, byte[] body) throws IOException {
    JsonNode tree = body.length == 0 ? Answer.object() : Wire.mapper().readTree(body);
    if (!tree.isObject()) {
      throw new IllegalArgumentException("no object");
    }
    Optional<String> by = Optional.of(who);
    Said said = Wire.read(tree, Said.class);
    return switch (action) {
      case "approve" -> new Control.Approve(said.gate().orElse("contract"), by, said.comment());
      case "pause" -> new Control.Pause(by, said.reason());
      case "resume" -> new Control.Resume(by);
      case "abort" -> new Control.Abort(by, said.reason());
      default -> throw new IllegalArgumentException(action);
    };
  }

  private record Said(Optional<String> reason, Optional<String> gate, Optional<String> comment) {}

  private static Answer unauthorized() {
    return Answer.error(401, NO_TOKEN).with("WWW-Authenticate", "Bearer");
  }

  private interface Call {
    Answer of(WorkflowClient client);
  }

  private Answer call(Duration time, Call call) {
    Optional<EngineConnection> connection = shared.door().connected();
    if (connection.isEmpty()) {
      return Answer.later(503, "the Temporal service does not answer");
    }
    try {
      WorkflowClient client = connection.get().client();
      return shared.door().within(time, () -> call.of(client));
    } catch (WorkflowNotFoundException e) {
      return Answer.error(404, "there is no such run, or it is not under way");
    } catch (WorkflowUpdateException e) {
      return Answer.error(
          409,
          e.getCause() instanceof ApplicationFailure failure
              ? failure.getOriginalMessage()
              : "the run refused it");
    } catch (Exception e) {
      return Answer.later(503, "the Temporal service or a worker of it does not answer");
    }
  }
}
