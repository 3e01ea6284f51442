package dev.lockstep.worker.schedules;

import dev.lockstep.workflows.api.ScheduledRequest;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.common.converter.DataConverterException;
import java.util.Optional;

/**
 * A schedule of the service, under an id of Lockstep's.
 *
 * @param owned whether Lockstep made it
 * @param request what its starts get; absent: nothing that Lockstep wrote
 */
record OwnedSchedule(
    ScheduleDescription description, boolean owned, Optional<ScheduledRequest> request) {
  /** Field of the memo of each schedule that Lockstep made; cannot be changed afterwards. */
  static final String MEMO = "LockstepOwner";

  static final String OWNER = "lockstep";

  static OwnedSchedule of(ScheduleDescription description) {
    return new OwnedSchedule(description, isOwned(description), request(description));
  }

  private static boolean isOwned(ScheduleDescription description) {
    try {
      return OWNER.equals(description.getMemo(MEMO, String.class));
    } catch (DataConverterException e) {
      // Somebody else's memo under that name.
      return false;
    }
  }

  private static Optional<ScheduledRequest> request(ScheduleDescription description) {
    if (!(description.getSchedule().getAction() instanceof ScheduleActionStartWorkflow start)
        || start.getArguments().getSize() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(start.getArguments().get(0, ScheduledRequest.class));
    } catch (DataConverterException e) {
      // Edited by hand, or of a version that says more.
      return Optional.empty();
    }
  }

  Optional<ScheduledRequest.Origin> origin() {
    return request.map(ScheduledRequest::origin);
  }

  /** Whether it is paused, and why. */
  ScheduleState state() {
    return Optional.ofNullable(description.getSchedule().getState())
        .orElseGet(() -> ScheduleState.newBuilder().build());
  }

  boolean isPaused() {
    return state().isPaused();
  }
}
