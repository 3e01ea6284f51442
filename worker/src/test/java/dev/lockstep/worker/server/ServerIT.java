package dev.lockstep.worker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.notice.Hmac;
import dev.lockstep.worker.embedded.EmbeddedTemporal;
import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.server.LockstepServer.Limits;
import dev.lockstep.worker.server.Serving.Got;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries over HTTP, with a Temporal service in this process on which no worker works. */
final class ServerIT {
  private static final String RUN = "/v1/runs/backup/shop-nightly";

  @TempDir private Path folder = Path.of("");
  private EmbeddedTemporal temporal = start();

  private static EmbeddedTemporal start() {
    try {
      return EmbeddedTemporal.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EngineConnection connect() throws Exception {
    return EngineConnection.to(temporal.address());
  }

  private Serving serving(Limits limits) throws IOException {
    return new Serving(folder, limits, this::connect);
  }

  @BeforeEach
  void reached() throws Exception {
    connect().close();
  }

  @AfterEach
  void end() {
    temporal.close();
  }

  private WorkflowStub run(EngineConnection connection) {
    return connection.client().newUntypedWorkflowStub("backup/shop-nightly");
  }

  @Test
  void aSignedPushStartsOneRunHoweverOftenItComes() throws Exception {
    try (Serving serving = serving(Limits.DEFAULT).connected();
        EngineConnection connection = connect()) {
      Got kept = serving.push("1", Serving.main(1));
      assertThat(kept.status()).isEqualTo(202);
      assertThat(kept.response().headers().firstValue("Lockstep-Duplicate")).isEmpty();
      Got first = serving.started("1", Serving.main(1));

      assertThat(first.body().path("status").asText()).isEqualTo("started");
      assertThat(first.body().path("started").asBoolean()).isTrue();
      assertThat(first.body().path("workflowId").asText()).isEqualTo("backup/shop-nightly");
      assertThat(first.body().path("url").asText()).isEqualTo("https://lockstep.example" + RUN);
      String runId = run(connection).describe().getExecution().getRunId();
      assertThat(first.body().path("runId").asText()).isEqualTo(runId);

      // Ended, so that a second start would not find it.
      run(connection).terminate("test");
      assertThat(serving.push("1", Serving.main(1)).body()).isEqualTo(first.body());
      Got replayed = serving.push("2", Serving.main(1));
      assertThat(replayed.body()).isEqualTo(first.body());
      assertThat(replayed.response().headers().firstValue("Lockstep-Duplicate")).contains("true");
      assertThat(serving.push("1", Serving.main(2)).status()).isEqualTo(422);
      assertThat(run(connection).describe().getExecution().getRunId()).isEqualTo(runId);
    }
    try (Serving again = serving(Limits.DEFAULT).connected();
        EngineConnection connection = connect()) {
      String runId = run(connection).describe().getExecution().getRunId();
      assertThat(again.push("1", Serving.main(1)).body().path("runId").asText()).isEqualTo(runId);
      assertThat(again.started("3", Serving.main(3)).body().path("runId").asText())
          .isNotEqualTo(runId);
    }
  }

  @Test
  void aRunIdThatIsNoneIsRefused() throws Exception {
    try (Serving serving = serving(Limits.DEFAULT).connected()) {
      String token = "Bearer token-of-CI";
      Got none = serving.send("GET", RUN + "?runId=newest", new byte[0], "Authorization", token);
      assertThat(none.status()).isEqualTo(400);
      assertThat(none.body().path("error").asText()).contains("runId");
      String unknown = "?runId=00000000-0000-0000-0000-000000000000";
      assertThat(serving.send("GET", RUN + unknown, new byte[0], "Authorization", token).status())
          .isEqualTo(404);
    }
  }

  @Test
  void whatIsNotProvenOrNotMeantStartsNothing() throws Exception {
    byte[] main = Serving.main(1).getBytes(StandardCharsets.UTF_8);
    String path = "/v1/triggers/backup-shop";
    String old = String.valueOf(Instant.now().minus(Duration.ofMinutes(6)).getEpochSecond());
    String signed =
        Signatures.hex(
            Hmac.sha256(
                Serving.SECRET.getBytes(StandardCharsets.UTF_8),
                (old + ".").getBytes(StandardCharsets.UTF_8),
                main));
    try (Serving serving = serving(Limits.DEFAULT).connected();
        EngineConnection connection = connect()) {
      Got unsigned = serving.send("POST", path, main);
      Got wrong = serving.send("POST", path, main, "X-Hub-Signature-256", "sha256=00");
      Got unknown = serving.send("POST", "/v1/triggers/nothing", main);
      assertThat(unsigned.status()).isEqualTo(401);
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(unknown.status()).isEqualTo(401);
      assertThat(unknown.body()).isEqualTo(unsigned.body()).isEqualTo(wrong.body());

      Got late =
          serving.send("POST", "/v1/triggers/timed", main, "X-Signature", signed, "X-Time", old);
      assertThat(late.status()).isEqualTo(401);
      assertThat(late.body().path("error").asText()).contains("time");
      assertThat(
              serving
                  .send("POST", "/v1/triggers/token", main, "Authorization", "Bearer x")
                  .status())
          .isEqualTo(401);

      assertThat(serving.push("2", "{\"ref\":").status()).isEqualTo(400);
      assertThat(serving.push("3", "[]").status()).isEqualTo(400);
      assertThat(serving.push("4", " ".repeat((1 << 20) + 1)).status()).isEqualTo(413);
      assertThat(serving.push("5", " ".repeat(4 << 20)).status()).isEqualTo(413);
      assertThat(serving.push("a b", Serving.main(1)).status()).isEqualTo(400);
      Got ping = serving.push("6", "{\"zen\":\"x\"}", "X-GitHub-Event", "ping");
      assertThat(ping.status()).isEqualTo(200);
      Got other = serving.push("7", "{\"ref\":\"refs/heads/other\"}");
      assertThat(other.status()).isEqualTo(202);
      assertThat(other.body().path("started").asBoolean(true)).isFalse();
      assertThat(other.body().path("reason").asText()).contains("other");

      assertThat(serving.send("GET", path, new byte[0]).status()).isEqualTo(405);
      assertThat(serving.send("GET", "/nothing", new byte[0]).status()).isEqualTo(404);
      assertThat(serving.send("GET", "/metrics", new byte[0]).response().body())
          .contains("lockstep_deliveries_total{trigger=\"backup-shop\",outcome=\"filtered\"} 1")
          .contains("lockstep_deliveries_total{trigger=\"unknown\",outcome=\"wrong\"} 1")
          .contains("lockstep_deliveries_total{trigger=\"timed\",outcome=\"stale\"} 1")
          .contains("lockstep_delivery_queue_length 0");
      assertThatThrownBy(() -> run(connection).describe())
          .isInstanceOf(WorkflowNotFoundException.class);
    }
  }

  @Test
  void manyAtOnceWithOneIdAreOneDelivery() throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(16);
    try (Serving serving = serving(Limits.DEFAULT).connected()) {
      List<Future<Got>> sent = new ArrayList<>();
      for (int count = 0; count < 48; count++) {
        String id = count % 2 == 0 ? "same" : "other-" + count;
        sent.add(senders.submit(() -> serving.push(id, Serving.main(1))));
      }
      Set<String> runs = new ConcurrentSkipListSet<>();
      int first = 0;
      for (Future<Got> each : sent) {
        assertThat(each.get().status()).isEqualTo(202);
        runs.add(each.get().body().path("runId").asText());
        first +=
            each.get().response().headers().firstValue("Lockstep-Duplicate").isPresent() ? 0 : 1;
      }
      runs.add(serving.started("same", Serving.main(1)).body().path("runId").asText());
      // An answer that came before the run was started has no id.
      runs.remove("");
      assertThat(runs).hasSize(1);
      assertThat(first).isEqualTo(1);
    } finally {
      senders.shutdownNow();
    }
  }

  @Test
  void whileTheServiceIsAwayDeliveriesWaitAndNoneIsLost() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    try (Serving serving =
            new Serving(
                folder,
                new Limits(1_000, 8, 3),
                () -> {
                  if (away.get()) {
                    throw new IllegalStateException("away");
                  }
                  return connect();
                });
        EngineConnection connection = connect()) {
      for (int number = 1; number <= 3; number++) {
        Got waiting = serving.push("" + number, Serving.main(number));
        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.body().path("status").asText()).isEqualTo("queued");
      }
      Got full = serving.push("4", Serving.main(4));
      assertThat(full.status()).isEqualTo(503);
      assertThat(full.response().headers().firstValue("Retry-After")).isPresent();
      assertThat(serving.send("GET", "/health", new byte[0]).status()).isEqualTo(503);

      away.set(false);
      serving.started("1", Serving.main(1));
      String runId = run(connection).describe().getExecution().getRunId();
      for (int number = 1; number <= 3; number++) {
        assertThat(serving.push("" + number, Serving.main(number)).body().path("runId").asText())
            .isEqualTo(runId);
      }
      assertThat(serving.send("GET", "/health", new byte[0]).status()).isEqualTo(200);
    }
  }

  @Test
  void moreThanTheRateAreToldWhenToComeAgain() throws Exception {
    try (Serving serving = serving(new Limits(1, 8, 10))) {
      List<Integer> statuses = new ArrayList<>();
      for (int number = 0; number < 5; number++) {
        statuses.add(serving.push("" + number, "{\"ref\":\"refs/heads/x\"}").status());
      }
      assertThat(statuses).contains(202, 429);
    }
  }

  @Test
  void runsAreForThoseWithATokenAndEachControlIsInTheAudit() throws Exception {
    try (Serving serving = serving(Limits.DEFAULT).connected()) {
      byte[] nothing = new byte[0];
      String ops = "Bearer token-of-OPS";
      String ci = "Bearer token-of-CI";
      assertThat(serving.send("GET", RUN, nothing).status()).isEqualTo(401);
      assertThat(serving.send("GET", RUN, nothing, "Authorization", "Bearer x").status())
          .isEqualTo(401);
      assertThat(serving.send("GET", RUN, nothing, "Authorization", ci).status()).isEqualTo(404);
      assertThat(serving.send("POST", RUN + "/abort", nothing, "Authorization", ci).status())
          .isEqualTo(401);
      assertThat(serving.send("POST", RUN + "/pause", nothing, "Authorization", ops).status())
          .isEqualTo(404);
      byte[] forged = "{\"by\":\"somebody else\"}".getBytes(StandardCharsets.UTF_8);
      assertThat(serving.send("POST", RUN + "/abort", forged, "Authorization", ops).status())
          .isEqualTo(400);

      assertThat(serving.audit().lines()).hasSize(3);
      assertThat(serving.audit())
          .contains("\"who\":\"\",\"action\":\"abort\"")
          .contains("\"who\":\"ops\",\"action\":\"pause\",\"run\":\"backup/shop-nightly\"")
          .contains("unauthorized", "refused")
          .doesNotContain("token-of");
    }
  }

  @Test
  void eachCommitGetsItsRunAndOneWaitsForTheOther() throws Exception {
    String first = Deployed.push("a".repeat(40));
    String second = Deployed.push("b".repeat(40));
    try (Serving serving = serving(Limits.DEFAULT).connected();
        EngineConnection connection = connect()) {
      assertThat(Deployed.deliver(serving, "0", "{\"ref\":\"refs/heads/main\"}").body().toString())
          .contains("parameter tag: $.head_commit.id is not there");
      Got shell = Deployed.deliver(serving, "1", Deployed.push("$(reboot)"));
      assertThat(shell.status()).isEqualTo(400);
      assertThat(shell.body().toString()).doesNotContain("reboot");

      String runId = Deployed.started(serving, "2", first).path("runId").asText();
      assertThat(Deployed.started(serving, "3", first + " ").path("runId").asText())
          .isEqualTo(runId);
      Got waiting = Deployed.deliver(serving, "4", second);
      assertThat(waiting.body().path("status").asText()).isEqualTo("queued");
      assertThat(Deployed.run(connection).describe().getExecution().getRunId()).isEqualTo(runId);
      // What is for another definition does not wait for it.
      serving.started("5", Serving.main(5));

      Deployed.run(connection).terminate("test");
      assertThat(Deployed.started(serving, "4", second).path("runId").asText()).isNotEqualTo(runId);
      assertThat(Deployed.parametersOf(connection))
          .isEqualTo("{\"tag\":\"" + "b".repeat(40) + "\"}");
    }
  }
}
