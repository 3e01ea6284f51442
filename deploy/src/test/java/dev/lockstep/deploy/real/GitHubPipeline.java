package dev.lockstep.deploy.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A workflow of GitHub, by act.
 *
 * @see <a href="https://nektosact.com/usage/index.html">act</a>
 */
final class GitHubPipeline extends HostedPipeline {
  private static final String TRIGGER = "trigger: deploy-shop\n";

  GitHubPipeline(Path home, CodeHost host, String definition)
      throws IOException, InterruptedException {
    super(
        home,
        host,
        "LOCKSTEP_TESTBED_ACT",
        new Checkout(
            home, ".github/workflows/lockstep.yml", "uses: actions/checkout@", definition));
    secret("GITHUB_TOKEN", CodeHost.TOKEN);
    machine("ACT_DISABLE_VERSION_CHECK", "1");
  }

  @Override
  void connect(Deliveries server) throws IOException, InterruptedException {
    secret("LOCKSTEP_TRIGGER", Deliveries.TOKEN);
    secret("LOCKSTEP_READ", Deliveries.TOKEN);
    checkout.editPipeline(text -> text.replace("https://lockstep.example.com", server.url()));
  }

  @Override
  void deliver(String json) throws IOException, InterruptedException {
    checkout.editPipeline(
        text -> text.replace(TRIGGER, TRIGGER + "          delivery: '" + json + "'\n"));
  }

  @Override
  List<String> words(Event event) throws IOException {
    String name =
        switch (event) {
          case REQUEST -> "pull_request";
          case PUSH -> "push";
          case SCHEDULE -> throw new IllegalArgumentException("the workflow is for no schedule");
        };
    Path payload = home.resolve("event.json");
    Files.writeString(payload, event == Event.REQUEST ? "{\"number\": 7}" : "{}");
    return List.of(
        name,
        "--eventpath",
        payload.toString(),
        "--secret-file",
        secrets("%s=%s").toString(),
        "--platform",
        "ubuntu-latest=-self-hosted",
        "--no-cache-server",
        "--env",
        "GITHUB_API_URL=" + host.url(),
        "--env",
        "GITHUB_REPOSITORY=" + CodeHost.REPOSITORY);
  }
}
