package dev.lockstep.workflows.fault;

/** Every fault by name, each with what is done about it. Names are stable. */
public enum FaultCode {
  /** The request or the definition has problems; the message lists all of them. */
  DEFINITION_WRONG(FaultKind.INVALID),
  /** The plan cannot be made for the database as it is; the message lists every problem. */
  PLAN_REFUSED(FaultKind.INVALID),
  /** A name that the worker does not know. */
  DEFINITION_UNKNOWN(FaultKind.INVALID),
  /** The definition differs from that of its unfinished run. */
  DEFINITION_CHANGED(FaultKind.CONFLICT),
  /** Another unfinished run claims one of the tables. */
  TABLE_CLAIMED(FaultKind.CONFLICT),
  /** A lock was not free in time. */
  LOCK_NOT_ACQUIRED(FaultKind.BUSY),
  /** The database cancelled the statement for a deadlock or a serialization failure. */
  TRANSACTION_CONFLICTED(FaultKind.BUSY),
  /** The database has no connection, memory or disk left. */
  RESOURCE_EXHAUSTED(FaultKind.BUSY),
  /** The database or cluster does not answer. */
  SERVER_UNREACHABLE(FaultKind.UNREACHABLE),
  /** User name or password is refused. */
  CREDENTIALS_REFUSED(FaultKind.INVALID),
  /** The environment variable, file or Secret of the credentials is not there. */
  CREDENTIALS_MISSING(FaultKind.INVALID),
  /** The role may not do it. */
  PRIVILEGE_MISSING(FaultKind.INVALID),
  /** A table, column or other object is not there, or there already. */
  OBJECT_UNEXPECTED(FaultKind.CONFLICT),
  /** The database refuses the statement. */
  STATEMENT_REFUSED(FaultKind.INVALID),
  /** A row breaks a constraint, or an expression fails on it. */
  ROW_REFUSED(FaultKind.CONFLICT),
  /** Rows differ and could not be repaired. */
  ROWS_DIFFER(FaultKind.CONFLICT),
  /** Rows that had been verified differ when they are verified again before contract. */
  ROWS_DRIFTED(FaultKind.CONFLICT),
  /** An answer is not the expected one. */
  ANSWER_UNEXPECTED(FaultKind.CONFLICT),
  /** Old clients are still connected after the time allowed. */
  OLD_CLIENTS_CONNECTED(FaultKind.BUSY),
  /** Clients failed while old names were hidden on trial; the names came back. */
  TRIAL_FAILED(FaultKind.CONFLICT),
  /** The workload or one of its containers is not there. */
  WORKLOAD_UNKNOWN(FaultKind.CONFLICT),
  /** Somebody else changed the workload after Lockstep did. */
  WORKLOAD_CHANGED(FaultKind.CONFLICT),
  /** Somebody else changed the workload at the same moment. */
  WORKLOAD_BUSY(FaultKind.BUSY),
  /** The workload did not become available before its deadline. */
  ROLLOUT_FAILED(FaultKind.CONFLICT),
  /** The cluster refuses the request. */
  CLUSTER_REFUSED(FaultKind.INVALID),
  /** After the undo the schema is not what it was. */
  SCHEMA_DIFFERS(FaultKind.CONFLICT),
  /** The store refuses the request, or what is asked of it makes no sense for it. */
  STORE_REFUSED(FaultKind.INVALID),
  /** An object is there that must not be, for example a manifest that somebody else wrote. */
  OBJECT_EXISTS(FaultKind.CONFLICT),
  /** An object is not there. */
  OBJECT_MISSING(FaultKind.CONFLICT),
  /** No backup fits what was asked for. */
  BACKUP_UNKNOWN(FaultKind.INVALID),
  /** An object of a backup is not what its manifest says. */
  BACKUP_DAMAGED(FaultKind.CONFLICT),
  /** The key is no keyset, or does not open the backup. */
  KEY_WRONG(FaultKind.INVALID),
  /** The dump program is not there, or older than the server. */
  CLIENT_UNFIT(FaultKind.INVALID),
  /** The dump program failed, or its stream was cut. */
  DUMP_FAILED(FaultKind.CONFLICT),
  /** What restores the dump failed. */
  LOAD_FAILED(FaultKind.CONFLICT),
  /** The database to restore into holds something that is not ours. */
  TARGET_NOT_EMPTY(FaultKind.CONFLICT),
  /** Another process restores into the database now. */
  TARGET_CLAIMED(FaultKind.CONFLICT),
  /** A drill took longer, or its data was older, than its objectives allow. */
  OBJECTIVE_MISSED(FaultKind.CONFLICT),
  /** An instance is there already that this run did not make, or did not become ready. */
  INSTANCE_UNEXPECTED(FaultKind.CONFLICT),
  /** What was to stand still for a backup did not in time, or stood still too long. */
  QUIESCE_FAILED(FaultKind.CONFLICT),
  /** What stood still for a backup does not go on. */
  THAW_FAILED(FaultKind.BUSY),
  /** Who is to be told refuses the notice. */
  RECEIVER_REFUSED(FaultKind.INVALID),
  /** Who is to be told does not answer, or cannot take the notice now. */
  RECEIVER_UNREACHABLE(FaultKind.UNREACHABLE),
  /** An activity did not answer within its time. */
  STEP_TIMED_OUT(FaultKind.UNREACHABLE),
  /** What a person asked of the run makes no sense as it stands; the message says why. */
  CONTROL_REFUSED(FaultKind.CONFLICT),
  /** The run was aborted by a person. */
  RUN_ABORTED(FaultKind.CONFLICT),
  /** The run was cancelled. */
  RUN_CANCELLED(FaultKind.CONFLICT),
  /** A defect of Lockstep. */
  INTERNAL_ERROR(FaultKind.INTERNAL);

  private final FaultKind kind;

  FaultCode(FaultKind kind) {
    this.kind = kind;
  }

  /** What is done about it. */
  public FaultKind kind() {
    return kind;
  }
}
