package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.deploy.real.Deliveries.Answer;
import dev.lockstep.deploy.testbed.Testbed;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every delivery that GitHub and GitLab publish as an example, to a server that waits for each kind
 * of event from which people deploy. Nobody works at the runs.
 */
final class OfficialPayloadsRealIT {
  private static final String PAYLOADS = "LOCKSTEP_TESTBED_PAYLOADS";

  /** A reader that finds nothing must not pass. */
  private static final int GITHUB_AT_LEAST = 400;

  private static final int GITLAB_AT_LEAST = 50;

  @TempDir private Path folder = Path.of("");

  private Path payloads = Path.of("");
  private final SortedMap<String, SortedSet<String>> runs = new TreeMap<>();
  private final SortedMap<String, Integer> told = new TreeMap<>();

  /** Made at the first test that is not skipped. */
  private static final class Service {
    static final RealTemporal APART = RealTemporal.apart("payloads");
  }

  @BeforeEach
  void find() {
    Testbed testbed = Testbed.read();
    assumeTrue(testbed.has(PAYLOADS), "payloads is no part of this testbed's");
    payloads = Path.of(testbed.value(PAYLOADS, "payloads"));
  }

  @ParameterizedTest
  @EnumSource
  void eachIsAnsweredAndStartsWhatItShould(PayloadSender sender) throws Exception {
    Collection<OfficialPayload> all = sender.payloads(payloads);
    assertThat(all)
        .hasSizeGreaterThanOrEqualTo(
            sender == PayloadSender.GITHUB ? GITHUB_AT_LEAST : GITLAB_AT_LEAST);
    List<PayloadTrigger> triggers = sender.triggers();
    try (CommitStatuses statuses = new CommitStatuses();
        Deliveries server = server(sender, triggers, sender.report(statuses.url()))) {
      int number = 0;
      for (OfficialPayload payload : all) {
        String id = "delivery-" + ++number;
        PayloadTrigger one = triggers.get(number % triggers.size());
        if (sender.signs()) {
          new Sending(server, sender, one, payload).forge(id);
        }
        for (PayloadTrigger trigger : triggers) {
          new Sending(server, sender, trigger, payload).trial(id);
        }
      }
      triggers.forEach(this::endAndCount);
      assertThat(told).isNotEmpty();
      Awaitility.await()
          .atMost(Change.PATIENCE)
          .untilAsserted(() -> assertThat(statuses.ends()).isEqualTo(told));
      assertThat(server.server.output()).doesNotContain(sender.secret, Deliveries.TOKEN);
    }
  }

  @Test
  void aValueOutsideItsPatternIsRefusedAndNotShown() throws Exception {
    PayloadSender sender = PayloadSender.GITHUB;
    PayloadTrigger strict =
        new PayloadTrigger("strict", "{event: push}", "/head_commit/id", "v[0-9]+", any -> false);
    try (Deliveries server = server(sender, List.of(strict), sender.report("http://127.0.0.1:1"))) {
      for (OfficialPayload payload : sender.payloads(payloads)) {
        if (payload.header().equals("push") && payload.at("/deleted").equals("false")) {
          Map<String, String> headers = sender.headers("push", "1", payload.body());
          Answer refused = server.deliver("strict", payload.body(), headers);
          assertThat(refused.status()).isEqualTo(400);
          assertThat(refused.body().path("error").asText())
              .isEqualTo("parameter tag: $.head_commit.id is not v[0-9]+");
        }
      }
    }
  }

  private Deliveries server(PayloadSender sender, List<PayloadTrigger> triggers, String report)
      throws IOException {
    RealTemporal service = Service.APART;
    Path definitions = Files.createDirectories(folder.resolve("definitions"));
    String[] deploy = Examples.named("35-trigger-deploy.yaml").text().split("(?m)^---$");
    String[] backup = Examples.named("34-trigger.yaml").text().split("(?m)^---$");
    Files.writeString(definitions.resolve("database.yaml"), deploy[0]);
    Files.writeString(definitions.resolve("store.yaml"), backup[1]);
    for (PayloadTrigger trigger : triggers) {
      String run =
          trigger.hasParameter()
              ? deploy[1].replace("customer-note", trigger.name())
              : backup[2].replace("shop-nightly", trigger.name());
      Files.writeString(
          definitions.resolve(trigger.name() + ".yaml"),
          run + "---\n" + trigger.definition(sender.auth, report));
    }
    return new Deliveries(
        new Terminal(folder, service),
        definitions,
        Map.of("SENT", sender.secret),
        "--max-deliveries",
        "100000/s");
  }

  /** One payload at one trigger. */
  private final class Sending {
    private final Deliveries server;
    private final PayloadSender sender;
    private final PayloadTrigger trigger;
    private final OfficialPayload payload;
    private final String what;

    Sending(
        Deliveries server, PayloadSender sender, PayloadTrigger trigger, OfficialPayload payload) {
      this.server = server;
      this.sender = sender;
      this.trigger = trigger;
      this.payload = payload;
      this.what = payload.source() + " at " + trigger.name();
    }

    private Answer send(String id) throws IOException, InterruptedException {
      return server.deliver(
          trigger.name(), payload.body(), sender.headers(payload.header(), id, payload.body()));
    }

    void forge(String id) throws IOException, InterruptedException {
      Map<String, String> headers = sender.headers(payload.header(), id, payload.body());
      Answer forged = server.deliver(trigger.name(), payload.changed(), headers);
      assertThat(forged.status()).as("changed: " + what).isEqualTo(401);
    }

    void trial(String id) throws IOException, InterruptedException {
      Answer answer = send(id);
      String said = what + ": " + answer.body();
      if (payload.header().equals("ping")) {
        assertThat(answer.status()).as(said).isEqualTo(200);
        assertThat(answer.body().path("reason").asText()).isEqualTo("ping");
        return;
      }
      assertThat(answer.status()).as(said).isEqualTo(202);
      boolean wanted = trigger.wants().test(payload);
      assertThat(answer.body().path("started").asBoolean(!wanted)).as(said).isEqualTo(wanted);
      if (wanted) {
        assertThat(answer.body().path("run").asText()).as(said).isEqualTo(trigger.run());
        started(id);
      } else {
        assertThat(answer.body().path("reason").asText())
            .as(said)
            .containsPattern(
                "^(the (event|branch) is .*|\\$[.]action is something else), the trigger waits for "
                    + "|was deleted$");
      }
    }

    private void started(String id) throws IOException, InterruptedException {
      String runId = runOf(id);
      if (trigger.hasParameter()) {
        assertThat(runs(trigger).add(runId)).as("a run of its own: " + what).isTrue();
        assertThat(parameters(runId).toString())
            .as(what)
            .isEqualTo("{\"tag\":\"" + payload.at(trigger.place()) + "\"}");
        // Were it to start another run, it would not find this one.
        end(runId);
      } else {
        runs(trigger).add(runId);
        assertThat(runs(trigger)).as("it is under way: " + what).hasSize(1);
      }
      assertThat(runOf(id)).as("again: " + what).isEqualTo(runId);
      if (sender == PayloadSender.GITHUB) {
        assertThat(runOf(id + "-captured")).as("under another id: " + what).isEqualTo(runId);
      }
      Optional<String> place = sender.statuses(payload);
      place.ifPresent(path -> told.merge(path + " lockstep/" + trigger.name(), 1, Integer::sum));
    }

    private String runOf(String id) {
      return Awaitility.await()
          .atMost(Change.PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> send(id).body().path("runId").asText(), found -> !found.isEmpty());
    }

    private JsonNode parameters(String runId) throws IOException {
      return Wire.mapper()
          .readTree(
              Service.APART
                  .client()
                  .fetchHistory(trigger.run(), runId)
                  .getHistory()
                  .getEvents(0)
                  .getWorkflowExecutionStartedEventAttributes()
                  .getInput()
                  .getPayloads(0)
                  .getData()
                  .toByteArray())
          .path("parameters");
    }

    private void end(String runId) {
      stub(trigger, runId).terminate("the test has seen it");
    }
  }

  private SortedSet<String> runs(PayloadTrigger trigger) {
    return runs.computeIfAbsent(trigger.name(), unused -> new TreeSet<>());
  }

  private static WorkflowStub stub(PayloadTrigger trigger, String runId) {
    return Service.APART.run(
        WorkflowExecution.newBuilder().setWorkflowId(trigger.run()).setRunId(runId).build());
  }

  /** Ends what is still under way; there were those runs and no others. */
  private void endAndCount(PayloadTrigger trigger) {
    SortedSet<String> mine = runs(trigger);
    assertThat(mine).as(trigger.name()).isNotEmpty();
    if (!trigger.hasParameter()) {
      mine.forEach(runId -> stub(trigger, runId).terminate("the test is over"));
    }
    Awaitility.await()
        .atMost(Change.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Service.APART.list("WorkflowId = '" + trigger.run() + "'"))
                    .extracting(WorkflowExecutionMetadata::getExecution)
                    .extracting(WorkflowExecution::getRunId)
                    .containsExactlyInAnyOrderElementsOf(mine));
  }
}
