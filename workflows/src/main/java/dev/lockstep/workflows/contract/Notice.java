package dev.lockstep.workflows.contract;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Subject;
import java.time.Instant;
import java.util.List;

/**
 * What is told of a run.
 *
 * @param id the same at every try, so that receivers can drop what they have already
 * @param run its key, or the workflow id where it could not begin
 * @param workflowId by which commands name the run
 * @param subject the definition
 * @param database its name; empty where it is not known
 * @param phase empty where there is none
 * @param message one sentence for people; never a secret
 * @param decisions what can be said to the run now, such as {@code approve contract}
 * @param time when it came to pass
 */
public record Notice(
    String id,
    Notification.Event event,
    String run,
    String workflowId,
    Subject subject,
    String database,
    String phase,
    String message,
    List<String> decisions,
    Instant time) {
  public Notice {
    decisions = List.copyOf(decisions);
  }
}
