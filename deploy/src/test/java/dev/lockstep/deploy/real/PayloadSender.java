package dev.lockstep.deploy.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A service that sends webhooks, and how it proves them. */
enum PayloadSender {
  /**
   * GitHub.
   *
   * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">GitHub</a>
   */
  GITHUB("{github: {secret: {env: SENT}}}", "It's a Secret to Everybody") {
    @Override
    Collection<OfficialPayload> payloads(Path folder) throws IOException {
      return OfficialPayload.gitHub(folder.resolve("github"));
    }

    @Override
    Map<String, String> headers(String event, String id, String body) {
      return Map.of(
          "X-GitHub-Event", event,
          "X-GitHub-Delivery", id,
          "X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(hmac(bytes(secret), body)));
    }
  },
  /**
   * GitLab with a secret token.
   *
   * @see <a href="https://docs.gitlab.com/user/project/integrations/webhooks/">GitLab</a>
   */
  GITLAB_TOKEN("{gitlab: {token: {env: SENT}}}", "t0ken-of-the-webhook") {
    @Override
    Map<String, String> headers(String event, String id, String body) {
      return Map.of(
          "X-Gitlab-Event", event,
          "X-Gitlab-Token", secret,
          "X-Gitlab-Event-UUID", "event-of-" + id,
          "Idempotency-Key", id);
    }
  },
  /** GitLab with a signing token, as Standard Webhooks say. */
  GITLAB_SIGNED("{gitlab: {signingToken: {env: SENT}}}", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") {
    @Override
    Map<String, String> headers(String event, String id, String body) {
      String time = String.valueOf(Instant.now().getEpochSecond());
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      byte[] signature = hmac(key, id + "." + time + "." + body);
      return Map.of(
          "X-Gitlab-Event", event,
          "webhook-id", id,
          "webhook-timestamp", time,
          "webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature));
    }
  };

  /** Of a commit in a delivery of GitHub, by its event; events without one are not here. */
  private static final Map<String, List<String>> GITHUB_COMMITS =
      Map.ofEntries(
          Map.entry("push", List.of("/head_commit/id")),
          Map.entry("cache_sync", List.of("/after")),
          Map.entry("pull_request", List.of("/pull_request/head/sha")),
          Map.entry("pull_request_review", List.of("/pull_request/head/sha")),
          Map.entry("pull_request_review_comment", List.of("/pull_request/head/sha")),
          Map.entry("pull_request_review_thread", List.of("/pull_request/head/sha")),
          Map.entry("check_run", List.of("/check_run/head_sha")),
          Map.entry("check_suite", List.of("/check_suite/head_sha")),
          Map.entry("workflow_run", List.of("/workflow_run/head_sha")),
          Map.entry("workflow_job", List.of("/workflow_job/head_sha")),
          Map.entry("deployment", List.of("/deployment/sha")),
          Map.entry("deployment_status", List.of("/deployment/sha")),
          Map.entry("deployment_review", List.of("/workflow_run/head_sha")),
          Map.entry("merge_group", List.of("/merge_group/head_sha")),
          Map.entry("status", List.of("/sha")));

  /** The same of GitLab, by what the body names the event. */
  private static final Map<String, List<String>> GITLAB_COMMITS =
      Map.of(
          "push", List.of("/checkout_sha"),
          "tag_push", List.of("/checkout_sha"),
          "merge_request", List.of("/object_attributes/last_commit/id"),
          "note", List.of("/merge_request/last_commit/id", "/commit/id"),
          "emoji", List.of("/commit/id"),
          "pipeline", List.of("/object_attributes/sha"),
          "build", List.of("/sha"),
          "release", List.of("/commit/id"));

  /** As a trigger has it; the secret is that in {@code SENT}. */
  final String auth;

  final String secret;

  PayloadSender(String auth, String secret) {
    this.auth = auth;
    this.secret = secret;
  }

  /** Its official payloads. */
  Collection<OfficialPayload> payloads(Path folder) throws IOException {
    return OfficialPayload.gitLab(folder.resolve("gitlab"));
  }

  /** What it sends with a body. */
  abstract Map<String, String> headers(String event, String id, String body);

  /** Whether what it sends proves the body, too. */
  boolean signs() {
    return this != GITLAB_TOKEN;
  }

  List<PayloadTrigger> triggers() {
    List<PayloadTrigger> all = this == GITHUB ? PayloadTrigger.gitHub() : PayloadTrigger.gitLab();
    return all.stream()
        .map(trigger -> trigger.of(name().toLowerCase(Locale.ROOT).replace('_', '-')))
        .toList();
  }

  /** As a trigger has it. */
  String report(String api) {
    return "{%s: {token: {env: OPS}, api: \"%s\"}}"
        .formatted(this == GITHUB ? "github" : "gitlab", api);
  }

  /** Where the state of the commit is told that a delivery is about; empty: it is about none. */
  Optional<String> statuses(OfficialPayload payload) {
    return this == GITHUB
        ? place(
            "/repos/",
            payload.at("/repository/full_name"),
            payload.commit(GITHUB_COMMITS.getOrDefault(payload.header(), List.of())))
        : place(
            "/projects/",
            project(payload),
            payload.commit(GITLAB_COMMITS.getOrDefault(payload.kind(), List.of())));
  }

  private static Optional<String> place(String before, String repository, Optional<String> sha) {
    return sha.filter(unused -> !repository.isEmpty())
        .map(found -> before + repository + "/statuses/" + found);
  }

  private static String project(OfficialPayload payload) {
    return List.of("/project/id", "/project_id", "/object_attributes/target_project_id").stream()
        .map(payload::at)
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
