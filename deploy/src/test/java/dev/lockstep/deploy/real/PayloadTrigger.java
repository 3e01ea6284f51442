package dev.lockstep.deploy.real;

import java.util.List;
import java.util.function.Predicate;

/**
 * A trigger, and what it is to make of a delivery, said once more and in other words.
 *
 * @param when as it stands in the definition; empty: every event
 * @param place of the parameter {@code tag}, as a JSON pointer; empty: the run has none
 * @param wants which deliveries start a run
 */
record PayloadTrigger(
    String name, String when, String place, String pattern, Predicate<OfficialPayload> wants) {
  private static final String SHA = "[0-9a-f]{40}";

  /** Each kind of event from which people deploy. */
  static List<PayloadTrigger> gitHub() {
    return List.of(
        new PayloadTrigger(
            "push-branch",
            "{event: push, branch: master}",
            "/head_commit/id",
            SHA,
            sent -> isPush(sent) && sent.at("/ref").equals("refs/heads/master")),
        new PayloadTrigger("push-any", "{event: push}", "/after", SHA, PayloadTrigger::isPush),
        new PayloadTrigger(
            "tag", "{event: create}", "/ref", "[-a-z]+", sent -> sent.header().equals("create")),
        new PayloadTrigger(
            "pull-request",
            "{event: pull_request}",
            "/pull_request/head/sha",
            SHA,
            sent -> sent.header().equals("pull_request")),
        new PayloadTrigger(
            "release",
            "{event: release, body: {\"$.action\": \"published|released\"}}",
            "/release/tag_name",
            "[0-9]+[.][0-9]+[.][0-9]+",
            sent ->
                sent.header().equals("release")
                    && List.of("published", "released").contains(sent.at("/action"))),
        new PayloadTrigger(
            "workflow",
            "{event: workflow_run, branch: master}",
            "/workflow_run/head_sha",
            SHA,
            sent ->
                sent.header().equals("workflow_run")
                    && sent.at("/workflow_run/head_branch").equals("master")),
        new PayloadTrigger(
            "every", "", "", "", sent -> !sent.header().equals("push") || isPush(sent)));
  }

  /** One that leaves something there. */
  private static boolean isPush(OfficialPayload sent) {
    return sent.header().equals("push") && sent.at("/deleted").equals("false");
  }

  /** The same of GitLab, under both names that an event has. */
  static List<PayloadTrigger> gitLab() {
    return List.of(
        new PayloadTrigger(
            "push",
            "{event: push, branch: master}",
            "/checkout_sha",
            SHA,
            sent -> sent.kind().equals("push") && sent.at("/ref").equals("refs/heads/master")),
        new PayloadTrigger(
            "push-header",
            "{event: Push Hook}",
            "/checkout_sha",
            SHA,
            sent -> sent.header().equals("Push Hook")),
        new PayloadTrigger(
            "tag",
            "{event: tag_push}",
            "/checkout_sha",
            SHA,
            sent -> sent.kind().equals("tag_push")),
        new PayloadTrigger(
            "merge-request",
            "{event: merge_request}",
            "/object_attributes/last_commit/id",
            SHA,
            sent -> sent.kind().equals("merge_request")),
        new PayloadTrigger(
            "release",
            "{event: Release Hook}",
            "/tag",
            "[0-9]+[.][0-9]+[.][0-9]+",
            sent -> sent.kind().equals("release")),
        new PayloadTrigger(
            "pipeline",
            "{event: pipeline, branch: master}",
            "/object_attributes/sha",
            SHA,
            sent ->
                sent.kind().equals("pipeline")
                    && sent.at("/object_attributes/ref").equals("master")),
        new PayloadTrigger(
            "job",
            "{event: build, branch: main}",
            "/sha",
            SHA,
            sent -> sent.kind().equals("build") && sent.at("/ref").equals("main")),
        new PayloadTrigger("every", "", "", "", sent -> true));
  }

  boolean hasParameter() {
    return !place.isEmpty();
  }

  /** What it runs, under its own name. */
  String run() {
    return (hasParameter() ? "migration/" : "backup/") + name;
  }

  /** The same under a name that no other test has. */
  PayloadTrigger of(String owner) {
    return new PayloadTrigger(owner + "-" + name, when, place, pattern, wants);
  }

  /** Its definition, with how deliveries are proven and where states are told. */
  String definition(String auth, String report) {
    return """
    apiVersion: lockstep.dev/v1
    kind: Trigger
    metadata: {name: %s}
    spec:
      run: {kind: %s, name: %1$s}
      auth: %s
      report: %s
    """
            .formatted(name, hasParameter() ? "Migration" : "Backup", auth, report)
        + (when.isEmpty() ? "" : "  when: " + when + "\n")
        + (hasParameter()
            ? "  parameters: {tag: {from: \"$%s\", pattern: \"%s\"}}\n"
                .formatted(place.replace('/', '.'), pattern)
            : "");
  }
}
