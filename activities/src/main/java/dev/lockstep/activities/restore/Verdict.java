package dev.lockstep.activities.restore;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.lockstep.workflows.fault.FaultCode;

/** What a drill says of a backup. */
public enum Verdict {
  /** It was restored, everything that was asked was as expected, every objective is met. */
  VERIFIED("verified"),
  /** It is not what it should be, or an objective is missed. */
  FAILED("failed"),
  /** The drill could not be brought to its end, for reasons that say nothing of the backup. */
  COULD_NOT_VERIFY("could not verify");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As it stands in evidence. */
  @JsonValue
  public String words() {
    return words;
  }

  /** The verdict of a drill that ended with a fault. */
  static Verdict of(FaultCode fault) {
    return switch (fault) {
      case BACKUP_DAMAGED,
          LOAD_FAILED,
          ROWS_DIFFER,
          ANSWER_UNEXPECTED,
          KEY_WRONG,
          OBJECTIVE_MISSED ->
          FAILED;
      case DEFINITION_WRONG,
          PLAN_REFUSED,
          DEFINITION_UNKNOWN,
          DEFINITION_CHANGED,
          TABLE_CLAIMED,
          LOCK_NOT_ACQUIRED,
          TRANSACTION_CONFLICTED,
          RESOURCE_EXHAUSTED,
          SERVER_UNREACHABLE,
          CREDENTIALS_REFUSED,
          CREDENTIALS_MISSING,
          PRIVILEGE_MISSING,
          OBJECT_UNEXPECTED,
          STATEMENT_REFUSED,
          ROW_REFUSED,
          ROWS_DRIFTED,
          OLD_CLIENTS_CONNECTED,
          TRIAL_FAILED,
          WORKLOAD_UNKNOWN,
          WORKLOAD_CHANGED,
          WORKLOAD_BUSY,
          ROLLOUT_FAILED,
          CLUSTER_REFUSED,
          SCHEMA_DIFFERS,
          STORE_REFUSED,
          OBJECT_EXISTS,
          OBJECT_MISSING,
          BACKUP_UNKNOWN,
          CLIENT_UNFIT,
          DUMP_FAILED,
          TARGET_NOT_EMPTY,
          TARGET_CLAIMED,
          INSTANCE_UNEXPECTED,
          QUIESCE_FAILED,
          THAW_FAILED,
          RECEIVER_REFUSED,
          RECEIVER_UNREACHABLE,
          STEP_TIMED_OUT,
          CONTROL_REFUSED,
          RUN_ABORTED,
          RUN_CANCELLED,
          INTERNAL_ERROR ->
          COULD_NOT_VERIFY;
    };
  }
}
