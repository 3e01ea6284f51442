package dev.lockstep.deploy.real;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pipeline of GitLab, by gitlab-ci-local.
 *
 * @see <a href="https://github.com/firecow/gitlab-ci-local">gitlab-ci-local</a>
 */
final class GitLabPipeline extends HostedPipeline {
  private static final Map<Event, String> SOURCES =
      Map.of(Event.REQUEST, "merge_request_event", Event.PUSH, "push", Event.SCHEDULE, "schedule");

  GitLabPipeline(Path home, CodeHost host, String definition)
      throws IOException, InterruptedException {
    super(
        home,
        host,
        "LOCKSTEP_TESTBED_GITLABCI",
        new Checkout(home, ".gitlab-ci.yml", "extends: .lockstep-run", definition));
    secret("GITLAB_TOKEN", CodeHost.TOKEN);
  }

  @Override
  void connect(Deliveries server) {
    secret("CI_LOCKSTEP_SERVER", server.url());
    secret("CI_LOCKSTEP_TRIGGER_TOKEN", Deliveries.TOKEN);
    secret("CI_LOCKSTEP_READ_TOKEN", Deliveries.TOKEN);
  }

  @Override
  void deliver(String json) throws IOException, InterruptedException {
    checkout.editPipeline(
        text -> text.replace("RUN: deploy-shop}", "RUN: 'deploy-shop " + json + "'}"));
  }

  @Override
  List<String> words(Event event) throws IOException {
    Map<String, String> predefined = new TreeMap<>();
    predefined.put("CI_API_V4_URL", host.url());
    predefined.put("CI_PROJECT_ID", CodeHost.PROJECT);
    predefined.put("CI_PIPELINE_SOURCE", SOURCES.getOrDefault(event, ""));
    if (event == Event.REQUEST) {
      predefined.put("CI_MERGE_REQUEST_IID", "7");
    }
    List<String> words = new ArrayList<>(List.of("--force-shell-executor"));
    words.addAll(List.of("--ignore-predefined-vars", String.join(",", predefined.keySet())));
    predefined.forEach((name, value) -> words.addAll(List.of("--variable", name + "=" + value)));
    Path secrets = secrets("%s: '%s'");
    words.addAll(List.of("--variables-file", checkout.folder.relativize(secrets).toString()));
    return words;
  }
}
