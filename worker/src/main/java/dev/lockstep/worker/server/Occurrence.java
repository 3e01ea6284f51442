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
 * @param events every name that the event has; GitLab has two or three, one in the header, and in
 *     the body of a system hook another one than in others
 * @param branch absent: it is about none
 * @param deleted whether it tells that the branch or tag is gone
 */
record Occurrence(List<String> events, Optional<String> branch, boolean deleted) {
  private static final String HEADS = "refs/heads/";

  /** Reads headers and body as the sender of that kind writes them. */
  static Occurrence of(TriggerAuth auth, Sent sent, JsonNode body) {
    EventPlaces places = auth.accept(new Senders());
    Stream<String> header = places.header().flatMap(sent::header).stream();
    Stream<String> named =
        places.fields().stream().flatMap(field -> text(body.path(field)).stream());
    List<String> events = Stream.concat(header, named).distinct().toList();
    return new Occurrence(events, branch(body), deleted(body));
  }

  /** Why it starts nothing; absent: it does. */
  Optional<String> filtered(Trigger trigger) {
    Optional<String> event = trigger.when().event();
    if (event.isPresent() && !events.contains(event.get())) {
      return Optional.of(
          "the event is %s, the trigger waits for %s"
              .formatted(events.isEmpty() ? "not said" : String.join(" or ", events), event.get()));
    }
    Optional<String> wanted = trigger.when().branch();
    if (wanted.isPresent() && !wanted.equals(branch)) {
      return Optional.of(
          "the branch is %s, the trigger waits for %s"
              .formatted(branch.orElse("not said"), wanted.get()));
    }
    return deleted
        ? Optional.of(branch.isPresent() ? "the branch was deleted" : "the tag was deleted")
        : Optional.empty();
  }

  private static Optional<String> branch(JsonNode body) {
    Optional<String> ref = text(body.path("ref"));
    if (ref.isPresent()) {
      return ref.filter(name -> name.startsWith(HEADS))
          .map(name -> name.substring(HEADS.length()))
          .or(() -> saidToBeBranch(body));
    }
    return workflowBranch(body.path("workflow_run"))
        .or(() -> pipelineBranch(body))
        .or(() -> text(body.path("branch")));
  }

  /** Anybody may call a branch of a fork of theirs main. */
  private static Optional<String> workflowBranch(JsonNode run) {
    JsonNode home = run.path("repository").path("id");
    boolean own = home.isNumber() && home.equals(run.path("head_repository").path("id"));
    return text(run.path("head_branch")).filter(unused -> own);
  }

  /** Of a merge request, too, the pipeline names the branch from which it comes. */
  private static Optional<String> pipelineBranch(JsonNode body) {
    JsonNode request = body.path("merge_request");
    boolean own = request.path("source_project_id").equals(request.path("target_project_id"));
    return saidToBeBranch(body.path("object_attributes")).filter(unused -> own);
  }

  /** A pipeline or a job of GitLab has the name alone, and says whether it is that of a tag. */
  private static Optional<String> saidToBeBranch(JsonNode part) {
    JsonNode tag = part.path("tag");
    return text(part.path("ref")).filter(unused -> tag.isBoolean() && !tag.booleanValue());
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

  /** Where a sender names the event. */
  private record EventPlaces(Optional<String> header, List<String> fields) {}

  private static final class Senders implements TriggerAuth.Visitor<EventPlaces> {
    /** A system hook has {@code event_name} instead of {@code object_kind}. */
    private static final EventPlaces GITLAB =
        new EventPlaces(Optional.of("X-Gitlab-Event"), List.of("object_kind", "event_name"));

    private static final EventPlaces OTHERS =
        new EventPlaces(Optional.empty(), List.of("object_kind", "event"));

    @Override
    public EventPlaces gitHub(TriggerAuth.GitHub auth) {
      return new EventPlaces(Optional.of("X-GitHub-Event"), List.of());
    }

    @Override
    public EventPlaces gitLabToken(TriggerAuth.GitLabToken auth) {
      return GITLAB;
    }

    @Override
    public EventPlaces gitLabSigned(TriggerAuth.GitLabSigned auth) {
      return GITLAB;
    }

    @Override
    public EventPlaces hmac(TriggerAuth.Hmac auth) {
      return OTHERS;
    }

    @Override
    public EventPlaces bearer(TriggerAuth.Bearer auth) {
      return OTHERS;
    }
  }
}
