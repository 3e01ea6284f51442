package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.server.Serving.Got;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Deliveries to the trigger whose run has a parameter. */
final class Deployed {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Deployed() {}

  /** A push of that commit, with the fields that GitHub's own example has. */
  static String push(String sha) {
    return """
    {"ref": "refs/heads/main", "before": "6113728f27ae82c7b1a177c8d03f9e96e0adf246", "after": "%1$s",
     "created": false, "deleted": false, "forced": false,
     "repository": {"id": 186853002, "full_name": "Codertocat/Hello-World", "default_branch": "main"},
     "head_commit": {"id": "%1$s", "message": "Sell more"}, "commits": []}
    """
        .formatted(sha);
  }

  static Got deliver(Serving serving, String id, String body)
      throws IOException, InterruptedException {
    return serving.deliver("deploy-shop", id, body, "X-GitHub-Event", "push");
  }

  static JsonNode started(Serving serving, String id, String body) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> deliver(serving, id, body).body(),
            got -> got.path("status").asText().equals("started"));
  }

  static WorkflowStub run(EngineConnection connection) {
    return connection.client().newUntypedWorkflowStub("migration/customer-note");
  }

  /** Those of the newest run, as its input has them. */
  static String parametersOf(EngineConnection connection) {
    return connection
        .client()
        .fetchHistory("migration/customer-note")
        .getHistory()
        .getEvents(0)
        .getWorkflowExecutionStartedEventAttributes()
        .getInput()
        .getPayloads(0)
        .getData()
        .toStringUtf8()
        .replaceAll(".*\"parameters\":(\\{[^}]*}).*", "$1");
  }
}
