package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job of a pipeline: {@code deploy/ci} with the environment that a service gives it. */
final class Pipeline {
  private static final Path CI = Testbed.read().folder().resolveSibling("ci");
  private static final Path ROOT = CI.resolve("../..").normalize();
  private static final long PATIENCE_SECONDS = 180;

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  private Pipeline(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment.putAll(environment);
    set("PATH", ROOT + ":" + System.getenv("PATH"));
    set("HOME", folder.toString());
    set("CI_LOCKSTEP_LOOK", "1");
  }

  /** Of GitHub, for the pull request 7 and the push that merges it. */
  static Pipeline gitHub(Path folder, CodeHost host, String job) {
    return new Pipeline(
        folder,
        Map.of(
            "GITHUB_API_URL", host.url(),
            "GITHUB_REPOSITORY", "shop/web",
            "GITHUB_SHA", "0123abcd",
            "GITHUB_REF", "refs/pull/7/merge",
            "GITHUB_REF_NAME", "main",
            "GITHUB_RUN_ID", job,
            "GITHUB_RUN_ATTEMPT", "1",
            "GITHUB_JOB", "lockstep",
            "GITHUB_TOKEN", CodeHost.TOKEN));
  }

  /** The same of GitLab. */
  static Pipeline gitLab(Path folder, CodeHost host, String job) {
    return new Pipeline(
        folder,
        Map.of(
            "CI_API_V4_URL", host.url(),
            "CI_PROJECT_ID", "42",
            "CI_COMMIT_SHA", "0123abcd",
            "CI_COMMIT_BRANCH", "main",
            "CI_MERGE_REQUEST_IID", "7",
            "CI_PIPELINE_ID", job,
            "CI_JOB_ID", "1",
            "GITLAB_TOKEN", CodeHost.TOKEN));
  }

  /** With a server, and a token of it that starts and reads. */
  Pipeline with(Deliveries server) {
    set("CI_LOCKSTEP_SERVER", server.url());
    set("CI_LOCKSTEP_TRIGGER_TOKEN", Deliveries.TOKEN);
    set("CI_LOCKSTEP_READ_TOKEN", Deliveries.TOKEN);
    return this;
  }

  Pipeline set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs {@code lockstep-ci}; what it printed. */
  String says(int exit, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(CI.resolve("lockstep-ci").toString()));
    command.addAll(List.of(words));
    return run(exit, command);
  }

  /** Runs the step of the action of GitHub with these inputs, others as it has them by default. */
  String action(int exit, Map<String, String> inputs) throws IOException, InterruptedException {
    String action = Files.readString(CI.resolve("action.yml"));
    Matcher variable =
        Pattern.compile("(?m)^ {8}(\\w+): \\$\\{\\{ inputs\\.([-\\w]+) }}$").matcher(action);
    while (variable.find()) {
      if (inputs.containsKey(variable.group(2)) || !environment.containsKey(variable.group(1))) {
        set(variable.group(1), inputs.getOrDefault(variable.group(2), ""));
      }
    }
    set("GITHUB_ACTION_PATH", CI.toString());
    Matcher script = Pattern.compile("(?ms)^ {6}run: \\|\\n(.*?)^ {6}env:").matcher(action);
    assertThat(script.find()).isTrue();
    return run(exit, List.of("bash", "-eo", "pipefail", "-c", script.group(1)));
  }

  private String run(int exit, List<String> command) throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "job", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(said);
    assertThat(ended).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(exit);
    assertThat(output).doesNotContain(Deliveries.TOKEN, CodeHost.TOKEN);
    return output;
  }
}
