package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run that meets forgotten transactions and was told that it may end them. */
final class BlockerEndedIT {
  @TempDir private Path folder = Path.of("");
  private final Server server = Server.shared();

  @Test
  void forgottenTransactionsAreEndedAndCounted() throws Exception {
    String database = server.newDatabase("template1");
    server.execute(database, Examples.schemaSql());
    String text =
        new Requests(folder)
            .text(
                Examples.named("18-terminate-blockers.yaml").text().replace("30s", "2s"),
                server.url(database),
                "web");
    try (Stage stage = new Stage(folder);
        Connection reader = server.connect(database, "shop-web/7")) {
      reader.setAutoCommit(false);
      Server.execute(reader, "SELECT * FROM orders LIMIT 1");

      WorkflowStub run = stage.start(database + "/blocked", Requests.of(text));
      RunOutcome outcome = run.getResult(120, TimeUnit.SECONDS, RunOutcome.class);

      assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.steps())
          .filteredOn(step -> step.figures().containsKey("blockersTerminated"))
          .extracting(StepReport::id)
          .containsExactly("expand/orders-columns");
      try (Connection probe = server.connect(database, "probe")) {
        assertThat(Server.texts(probe, "SELECT how FROM lockstep.ended_sessions"))
            .isEqualTo(List.of("TERMINATED"));
      }
    }
  }
}
