package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.workflows.api.Notified;
import dev.lockstep.workflows.api.NotifyRequest;
import dev.lockstep.workflows.api.NotifyWorkflow;
import dev.lockstep.workflows.contract.Delivery;
import dev.lockstep.workflows.contract.NoticeActivities;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells all receivers side by side; one that does not answer keeps no other one waiting. */
public final class NotifyEngine implements NotifyWorkflow {
  @Override
  public Notified notify(@Nullable NotifyRequest request) {
    if (request == null) {
      throw new IllegalArgumentException("the input of Notify is written by Lockstep alone");
    }
    List<Sent> sent = request.notifications().stream().map(to -> send(to, request)).toList();
    List<String> delivered = new ArrayList<>();
    List<Notified.GivenUp> givenUp = new ArrayList<>();
    for (Sent one : sent) {
      try {
        one.end().get();
        delivered.add(one.call().step());
      } catch (ActivityFailure e) {
        if (Failures.isStop(e)) {
          throw e;
        }
        givenUp.add(new Notified.GivenUp(one.call().step(), Failures.of(e, one.call()).message()));
      }
    }
    return new Notified(delivered, givenUp);
  }

  private record Sent(Call call, Promise<Void> end) {}

  private static Sent send(Notification to, NotifyRequest request) {
    Call call = new Call(to.name(), "tell " + to.name(), ActivityPolicies.NOTICE);
    NoticeActivities notices = Workflow.newActivityStub(NoticeActivities.class, call.options());
    return new Sent(call, Async.procedure(notices::deliver, new Delivery(to, request.notice())));
  }
}
