package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Notification;
import dev.lockstep.workflows.contract.Addressees;
import dev.lockstep.workflows.contract.PlanActivities;
import dev.lockstep.workflows.contract.Preparation;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** From the request of a run to its plan; a run that cannot begin tells those who want to know. */
final class Preparing {
  /** Of a planning that gave no answer nobody was told before. */
  private static final String CHANGE = "notified-without-an-answer";

  private final Orders orders;
  private final Signboard signboard;

  Preparing(Orders orders, Signboard signboard) {
    this.orders = orders;
    this.signboard = signboard;
  }

  /**
   * Plans; empty: the run was stopped meanwhile.
   *
   * @throws ApplicationFailure where the run cannot begin
   */
  Optional<Prepared> prepare(Preparation preparation) {
    String title = "Read, check and plan the " + preparation.kind().toLowerCase(Locale.ROOT);
    Call call = new Call("", title, ActivityPolicies.PREPARE);
    PlanActivities plans = Workflow.newActivityStub(PlanActivities.class, call.options());
    List<Notification> told = new ArrayList<>();
    Calls.Ended<Prepared> ended =
        new Calls(orders)
            .stoppable(
                call,
                () -> {
                  Promise<Prepared> plan = Async.function(plans::prepare, preparation);
                  plan.handle(
                      (unused, failure) ->
                          failure == null || told.addAll(Failures.notifications(failure)));
                  return plan;
                });
    if (ended.fault().isPresent()) {
      throw refused(preparation, told, ended.fault().get());
    }
    return ended.value();
  }

  private ApplicationFailure refused(
      Preparation preparation, List<Notification> told, Fault fault) {
    List<Notification> them =
        told.isEmpty() && fault.code() == FaultCode.STEP_TIMED_OUT ? asked(preparation) : told;
    signboard.refused(preparation.subject(), them, fault.message());
    return Faults.failure(fault.code(), fault.message(), fault.step());
  }

  private List<Notification> asked(Preparation preparation) {
    if (Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
      return List.of();
    }
    Call call = new Call("", "Find who wants to know", ActivityPolicies.ADDRESSEES);
    PlanActivities plans = Workflow.newActivityStub(PlanActivities.class, call.options());
    return new Calls(orders)
        .certain(call, () -> Async.function(plans::findAddressees, preparation))
        .value()
        .map(Addressees::notifications)
        .orElse(List.of());
  }
}
