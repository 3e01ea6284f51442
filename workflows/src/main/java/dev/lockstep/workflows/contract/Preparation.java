package dev.lockstep.workflows.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the planning activity gets.
 *
 * @param request the run's input as it came from the door: see {@code RunRequest}
 * @param kind of the definition to run, such as {@code Migration}
 * @param workflowId of the run
 */
public record Preparation(JsonNode request, String kind, String workflowId) {}
