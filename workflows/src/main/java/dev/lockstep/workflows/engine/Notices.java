package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Notification.Event;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.workflows.api.NotifyRequest;
import dev.lockstep.workflows.api.NotifyWorkflow;
import dev.lockstep.workflows.contract.Notice;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Starts the workflows that tell receivers what becomes of a run. A run waits for their start
 * alone, which keeps them alive when it ends; whether anybody takes the notice is not its matter.
 * Where no notification asks for the event nothing is started, and no command is issued.
 */
final class Notices {
  /**
   * Tells those who want to know of the event.
   *
   * @param subject of the run
   * @param notice made of its id
   */
  void tell(List<Notification> all, Event event, Subject subject, Function<String, Notice> notice) {
    List<Notification> asked = all.stream().filter(one -> one.on().contains(event)).toList();
    if (asked.isEmpty()) {
      return;
    }
    String id = id(subject);
    ChildWorkflowStub child =
        Workflow.newUntypedChildWorkflowStub(NotifyWorkflow.TYPE, options(id));
    child
        .executeAsync(Void.class, new NotifyRequest(notice.apply(id), asked))
        .handle((nothing, failure) -> true);
    try {
      child.getExecution().get();
    } catch (ChildWorkflowFailure e) {
      // Somebody else has taken the id; a run does not fail for that.
      Workflow.getLogger(Notices.class).warn("notice {} was not started", id, e);
    }
  }

  /** Nothing of the run's own ids, which are others where a history is only replayed. */
  private static String id(Subject subject) {
    return subject.id() + "/notice/" + Workflow.randomUUID();
  }

  /** When it is now, in the run's own time. */
  static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private static ChildWorkflowOptions options(String id) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .build();
  }
}
