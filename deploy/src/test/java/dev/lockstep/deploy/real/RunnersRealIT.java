package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.deploy.e2e.Child;
import dev.lockstep.deploy.e2e.Pods;
import dev.lockstep.deploy.e2e.TokenShop;
import dev.lockstep.deploy.real.HostedPipeline.Event;
import dev.lockstep.worker.demo.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pipelines that {@code docs/webhooks.md} shows, run by programs that run pipelines, with the
 * definition and the trigger of the documentation, a real server and a real service. A host of code
 * of our own takes what they tell; the cluster is simulated.
 */
final class RunnersRealIT {
  private static final RealTemporal SERVICE = RealTemporal.shared();
  private static final WorkloadReference WEB =
      new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "shop", "web");
  private static final String IMAGE = "registry.example.com/shop-web:";
  private static final String OTHER = "4711".repeat(10);
  private static final String USER = "postgres";

  @TempDir private Path folder = Path.of("");

  private final TokenShop shop = new TokenShop();
  private final Pods pods = new Pods();
  private final SimulatedCluster cluster = SimulatedCluster.start(pods);

  private CodeHost host;
  private String definition;

  /** Who runs the pipeline. */
  enum Runner {
    ACT,
    GITLAB_CI_LOCAL
  }

  @BeforeEach
  void write() throws IOException {
    host = new CodeHost();
    definition =
        Examples.named("35-trigger-deploy.yaml")
            .text()
            .replace("jdbc:postgresql://localhost:5432/shop", shop.server.url(shop.database))
            .replace(
                "{github: {secret: {env: GITHUB_WEBHOOK_SECRET}}}", "{bearer: {token: {env: OPS}}}")
            .replaceFirst("  report: .*\n", "");
    cluster.writeKubeconfig(kubeconfig());
    cluster.create(WEB, 1, Map.of("web", IMAGE + "before"));
    Awaitility.await().atMost(Change.PATIENCE).until(() -> cluster.complete(WEB));
  }

  @AfterEach
  void end() {
    host.close();
    SERVICE.replayAndEnd();
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void aRequestShowsItsPlanAndStartsNothing(Runner runner) throws Exception {
    HostedPipeline pipeline = pipeline(runner);
    String head = pipeline.checkout.head();
    assertThat(pipeline.runs(0, Event.REQUEST)).contains(IMAGE + head);
    assertThat(host.comments())
        .singleElement()
        .asString()
        .contains("<!-- lockstep plan " + Checkout.DEFINITION + " -->", IMAGE + head);

    pipeline.checkout.replaceDefinition("nonsense: [");
    pipeline.checkout.editPipeline(text -> text.replace(" --parameter", "\\n  --parameter"));
    assertThat(pipeline.runs(1, Event.REQUEST)).contains(Checkout.DEFINITION + ":");
    assertThat(host.comments())
        .singleElement()
        .asString()
        .contains(Checkout.DEFINITION + ":", " --parameter tag=" + pipeline.checkout.head());
    assertThat(host.statuses()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aPushStartsARunAndTheCommitShowsItsEnd(Runner runner) throws Exception {
    HostedPipeline pipeline = pipeline(runner);
    try (Child worker = worker();
        Deliveries server = server(definition)) {
      assertThat(worker.isAlive()).isTrue();
      pipeline.connect(server);
      assertThat(pipeline.runs(0, Event.PUSH)).contains("migration/customer-note: SUCCEEDED");
    }
    assertThat(pods.images(WEB.name())).containsOnly(IMAGE + pipeline.checkout.head());
    assertThat(host.commits()).containsExactly(pipeline.checkout.head());
    assertThat(host.statuses())
        .containsExactly(
            (runner == Runner.ACT ? "pending" : "running")
                + " lockstep/deploy-shop/pipeline migration/customer-note is under way",
            "success lockstep/deploy-shop/pipeline migration/customer-note: succeeded");
    assertThat(host.comments()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatFailsFailsThePipeline(Runner runner) throws Exception {
    HostedPipeline pipeline = pipeline(runner);
    String failing =
        definition
            .replace("table: customers", "table: nobody")
            .replace("$.head_commit.id", "$.version.web");
    try (Child worker = worker();
        Deliveries server = server(failing)) {
      assertThat(worker.isAlive()).isTrue();
      pipeline.connect(server);
      pipeline.deliver("{\"version\": {\"web\": \"" + OTHER + "\"}}");
      assertThat(pipeline.runs(1, Event.PUSH)).contains("nobody");
    }
    assertThat(host.statuses())
        .last()
        .asString()
        .startsWith(
            (runner == Runner.ACT ? "failure" : "failed")
                + " lockstep/deploy-shop/pipeline migration/customer-note: ");
    assertThat(pods.images(WEB.name())).containsOnly(IMAGE + "before");
  }

  @Test
  void aScheduledPipelineOfGitLabStartsNothing() throws Exception {
    HostedPipeline pipeline = pipeline(Runner.GITLAB_CI_LOCAL);
    assertThat(pipeline.runs(0, Event.SCHEDULE))
        .contains("pipeline finished")
        .doesNotContain("lockstep-ci");
  }

  private HostedPipeline pipeline(Runner runner) throws IOException, InterruptedException {
    HostedPipeline pipeline =
        switch (runner) {
          case ACT -> new GitHubPipeline(folder, host, definition);
          case GITLAB_CI_LOCAL -> new GitLabPipeline(folder, host, definition);
        };
    pipeline.secret("SHOP_USER", USER);
    pipeline.secret("SHOP_PASSWORD", USER);
    pipeline.machine("KUBECONFIG", kubeconfig().toString());
    return pipeline;
  }

  private Child worker() throws IOException {
    return new Terminal(folder, SERVICE)
        .worker(
            Map.of(
                "KUBECONFIG", kubeconfig().toString(), "SHOP_USER", USER, "SHOP_PASSWORD", USER));
  }

  private Deliveries server(String text) throws IOException {
    Path definitions = Files.createDirectory(folder.resolve("definitions"));
    Files.writeString(definitions.resolve("deploy.yaml"), text);
    return new Deliveries(new Terminal(folder, SERVICE), definitions);
  }

  private Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }
}
