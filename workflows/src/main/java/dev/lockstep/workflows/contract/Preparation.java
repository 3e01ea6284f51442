package dev.lockstep.workflows.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.model.Subject;

/**
 * What the planning activity gets.
 *
 * @param request the run's input as it came from the door: see {@code RunRequest}
 * @param kind of the definition to run, such as {@code Migration}
 * @param workflowId of the run
 */
public record Preparation(JsonNode request, String kind, String workflowId) {
  /** What is to be run, as far as the request says so: the name may be empty. */
  public Subject subject() {
    String written = request.path("definition").path("metadata").path("name").asText("");
    return new Subject(Subject.Kind.titled(kind), request.path("name").asText(written));
  }
}
