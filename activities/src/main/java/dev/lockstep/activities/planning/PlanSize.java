package dev.lockstep.activities.planning;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.workflows.contract.Prepared;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import dev.lockstep.workflows.wire.Wire;

/**
 * Refuses a plan that no service would carry. It travels as the result of planning, to the ledger,
 * and, with what happened so far and the request, from one history of the run to the next.
 */
final class PlanSize {
  /**
   * Half of what a Temporal service takes in one message ({@code limit.blobSize.error}, 2 MiB): the
   * rest is for what travels with it. The embedded service does not refuse a message that is too
   * big, it never answers.
   */
  static final int MOST_BYTES = 1024 * 1024;

  private static final int KIBI = 1024;

  private PlanSize() {}

  /** The same, or {@code PLAN_REFUSED}. */
  static Prepared checked(Prepared prepared) throws JsonProcessingException {
    int bytes = Wire.mapper().writeValueAsBytes(prepared).length;
    if (bytes > MOST_BYTES) {
      throw Faults.failure(
          FaultCode.PLAN_REFUSED,
          ("the plan of %d steps takes %d KiB with its definition, a run carries at most %d KiB:"
                  + " split the migration")
              .formatted(
                  prepared.plan().steps().size(), (bytes + KIBI - 1) / KIBI, MOST_BYTES / KIBI),
          "");
    }
    return prepared;
  }
}
