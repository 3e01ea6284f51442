package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States beside commits, at a receiver that fails first. */
final class CommitReportsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SHA = "c".repeat(40);

  @TempDir private Path folder = Path.of("");

  @Test
  void theRunIsToldWhenItBeginsAndWhenItEndsAlsoAfterARestart() throws Exception {
    try (StatusReceiver receiver = StatusReceiver.start(2);
        EmbeddedTemporal temporal = EmbeddedTemporal.start();
        EngineConnection connection = EngineConnection.to(temporal.address())) {
      try (Serving serving = serving(receiver, temporal)) {
        Deployed.started(serving, "1", Deployed.push(SHA));
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> receiver.states().equals(List.of("pending")));
      }
      Deployed.run(connection).terminate("test");
      try (Serving again = serving(receiver, temporal)) {
        Awaitility.await().atMost(PATIENCE).until(() -> receiver.states().contains("failure"));
        assertThat(again.said()).isEmpty();
      }
      JsonNode last = receiver.taken().get(receiver.taken().size() - 1);
      assertThat(last.path("context").asText()).isEqualTo("lockstep/deploy-shop");
      assertThat(last.path("target_url").asText())
          .isEqualTo("https://lockstep.example/v1/runs/migration/customer-note");
      assertThat(last.path("description").asText()).isEqualTo("terminated");
      assertThat(receiver.paths())
          .containsOnly(
              "POST /repos/Codertocat/Hello-World/statuses/" + SHA + " Bearer " + Serving.SECRET);
      int before = receiver.taken().size();
      try (Serving third = serving(receiver, temporal).connected()) {
        // What was told is not told again; a delivery more is.
        Deployed.started(third, "2", Deployed.push("d".repeat(40)));
        Awaitility.await().atMost(PATIENCE).until(() -> receiver.taken().size() == before + 1);
        assertThat(receiver.paths()).last().asString().contains("d".repeat(40));
      }
    }
  }

  private Serving serving(StatusReceiver receiver, EmbeddedTemporal temporal) throws Exception {
    return new Serving(
        folder,
        LockstepServer.Limits.DEFAULT,
        () -> EngineConnection.to(temporal.address()),
        text ->
            text.replace(
                "report: {github: {token: {env: GITHUB_TOKEN}}}",
                "report: {github: {token: {env: GITHUB_TOKEN}, api: \"" + receiver.url() + "\"}}"));
  }

  @Test
  void aRefusalIsSaidOnceAndHasNoSecret() throws Exception {
    try (StatusReceiver receiver = StatusReceiver.refusing(404);
        EmbeddedTemporal temporal = EmbeddedTemporal.start();
        Serving serving = serving(receiver, temporal)) {
      Deployed.started(serving, "1", Deployed.push(SHA));
      Awaitility.await().atMost(PATIENCE).until(() -> serving.said().size() == 1);
      assertThat(serving.said().get(0))
          .contains("migration/customer-note", receiver.url(), "refused")
          .doesNotContain("Bearer", Serving.SECRET);
    }
  }

  @Test
  void gitLabGetsItsOwnWords() {
    CommitState state = new CommitState(CommitState.Kind.FAILURE, "x".repeat(200));
    JsonNode body = state.body(CommitReport.Service.GITLAB, "lockstep/t", "https://l.example/r");

    assertThat(body.path("state").asText()).isEqualTo("failed");
    assertThat(body.path("name").asText()).isEqualTo("lockstep/t");
    assertThat(body.path("description").asText()).hasSize(140);
    assertThat(CommitState.path(CommitReport.Service.GITLAB, new Delivery.Commit("17", "abc")))
        .isEqualTo("/projects/17/statuses/abc");
  }
}
