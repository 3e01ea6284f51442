package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.model.TriggerAuth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a delivery tells of.
 *
 * @param events every name that the event has; GitLab has two, one in the header, one in the body
 * @param branch absent: it is about none
 * @param deleted whether it tells that the branch is gone
 */
record Occurrence(List<String> events, Optional<String> branch, boolean deleted) {
  private static final String HEADS = "refs/heads/";

  /** Reads headers and body as the sender of that kind writes them. */
  static Occurrence of(TriggerAuth auth, Sent sent, JsonNode body) {
    Optional<String> header = auth.accept(new EventHeader()).flatMap(sent::header);
    Optional<String> field =
        text(body.path(auth instanceof TriggerAuth.GitHub ? "" : "object_kind"))
            .or(() -> text(body.path(header.isPresent() ? "" : "event")));
    List<String> events = Stream.concat(header.stream(), field.stream()).toList();
    return new Occurrence(events, branch(body), deleted(body));
  }

  /** Why it starts nothing; absent: it does. */
  Optional<String> filtered(Trigger trigger) {
    if (trigger.event().isPresent() && !events.contains(trigger.event().get())) {
      return Optional.of(
          "the event is %s, the trigger waits for %s"
              .formatted(
                  events.isEmpty() ? "not said" : String.join(" or ", events),
                  trigger.event().get()));
    }
    if (trigger.branch().isPresent() && !trigger.branch().equals(branch)) {
      return Optional.of(
          "the branch is %s, the trigger waits for %s"
              .formatted(branch.orElse("not said"), trigger.branch().get()));
    }
    return deleted ? Optional.of("the branch was deleted") : Optional.empty();
  }

  private static Optional<String> branch(JsonNode body) {
    Optional<String> ref = text(body.path("ref"));
    if (ref.isPresent()) {
      return ref.filter(name -> name.startsWith(HEADS)).map(name -> name.substring(HEADS.length()));
    }
    return text(body.path("workflow_run").path("head_branch"))
        .or(() -> pipelineBranch(body.path("object_attributes")))
        .or(() -> text(body.path("branch")));
  }

  /** A pipeline of GitLab names a branch or a tag, and says which. */
  private static Optional<String> pipelineBranch(JsonNode attributes) {
    return text(attributes.path("ref")).filter(unused -> !attributes.path("tag").asBoolean(false));
  }

  /** GitHub says so; GitLab sends a commit of zeros. */
  private static boolean deleted(JsonNode body) {
    return body.path("ref").isTextual()
        && (body.path("deleted").asBoolean(false)
            || body.path("after").asText("").matches("0{40}|0{64}"));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }

  private static final class EventHeader implements TriggerAuth.Visitor<Optional<String>> {
    @Override
    public Optional<String> gitHub(TriggerAuth.GitHub auth) {
      return Optional.of("X-GitHub-Event");
    }

    @Override
    public Optional<String> gitLabToken(TriggerAuth.GitLabToken auth) {
      return Optional.of("X-Gitlab-Event");
    }

    @Override
    public Optional<String> gitLabSigned(TriggerAuth.GitLabSigned auth) {
      return Optional.of("X-Gitlab-Event");
    }

    @Override
    public Optional<String> hmac(TriggerAuth.Hmac auth) {
      return Optional.empty();
    }

    @Override
    public Optional<String> bearer(TriggerAuth.Bearer auth) {
      return Optional.empty();
    }
  }
}
