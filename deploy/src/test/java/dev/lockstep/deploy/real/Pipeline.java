package dev.lockstep.deploy.real;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A job that calls {@code lockstep-ci}, with the environment that a service gives it. */
final class Pipeline {
  /** The commit of each. */
  static final String COMMIT = "0123abcd";

  private final Path folder;
  private final JobProcess process;

  private Pipeline(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.process = new JobProcess(folder).set("CI_LOCKSTEP_LOOK", "1");
    environment.forEach(process::set);
  }

  /** Of GitHub, for the pull request 7 and the push that merges it. */
  static Pipeline gitHub(Path folder, CodeHost host, String job) {
    return new Pipeline(
        folder,
        Map.of(
            "GITHUB_API_URL",
            host.url(),
            "GITHUB_REPOSITORY",
            CodeHost.REPOSITORY,
            "GITHUB_SHA",
            COMMIT,
            "GITHUB_REF",
            "refs/pull/7/merge",
            "GITHUB_REF_NAME",
            "main",
            "GITHUB_RUN_ID",
            job,
            "GITHUB_RUN_ATTEMPT",
            "1",
            "GITHUB_JOB",
            "lockstep",
            "GITHUB_TOKEN",
            CodeHost.TOKEN));
  }

  /** The same of GitLab. */
  static Pipeline gitLab(Path folder, CodeHost host, String job) {
    return new Pipeline(
        folder,
        Map.of(
            "CI_API_V4_URL",
            host.url(),
            "CI_PROJECT_ID",
            CodeHost.PROJECT,
            "CI_COMMIT_SHA",
            COMMIT,
            "CI_COMMIT_BRANCH",
            "main",
            "CI_MERGE_REQUEST_IID",
            "7",
            "CI_PIPELINE_ID",
            job,
            "CI_JOB_ID",
            "1",
            "GITLAB_TOKEN",
            CodeHost.TOKEN));
  }

  /** With a server, and a token of it that starts and reads. */
  Pipeline with(Deliveries server) {
    set("CI_LOCKSTEP_SERVER", server.url());
    set("CI_LOCKSTEP_TRIGGER_TOKEN", Deliveries.TOKEN);
    set("CI_LOCKSTEP_READ_TOKEN", Deliveries.TOKEN);
    return this;
  }

  Pipeline set(String name, String value) {
    process.set(name, value);
    return this;
  }

  /** Runs {@code lockstep-ci}; what it printed. */
  String says(int exit, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(JobProcess.CI.resolve("lockstep-ci").toString()));
    command.addAll(List.of(words));
    return process.says(exit, folder, command);
  }
}
