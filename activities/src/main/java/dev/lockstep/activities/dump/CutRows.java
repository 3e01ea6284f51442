package dev.lockstep.activities.dump;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;

/** Rows that broke off while they were read out of a database. */
public final class CutRows {
  private CutRows() {}

  /**
   * What their stream throws. A server that went away comes back, and then all of it is read anew;
   * anything else is {@code DUMP_FAILED}.
   *
   * @param table as definitions and manifests write it
   * @param told what the database said
   */
  public static IOException of(String table, ApplicationFailure told) {
    FaultCode code = FaultCode.valueOf(told.getType());
    ApplicationFailure failure =
        Faults.failure(
            code.kind().retried() ? code : FaultCode.DUMP_FAILED,
            "the rows of %s broke off: %s".formatted(table, told.getOriginalMessage()),
            "");
    return new IOException(failure.getOriginalMessage(), failure);
  }
}
