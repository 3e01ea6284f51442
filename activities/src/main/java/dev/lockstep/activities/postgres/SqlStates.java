package dev.lockstep.activities.postgres;

import dev.lockstep.workflows.fault.FaultCode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each SQLSTATE means for a run: the whole code first, else its class (the first two letters).
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes</a>
 */
final class SqlStates {
  private static final Map<String, FaultCode> CODES =
      Map.ofEntries(
          // lock_not_available, also for lock_timeout
          Map.entry("55P03", FaultCode.LOCK_NOT_ACQUIRED),
          // object_in_use
          Map.entry("55006", FaultCode.LOCK_NOT_ACQUIRED),
          // serialization_failure, deadlock_detected
          Map.entry("40001", FaultCode.TRANSACTION_CONFLICTED),
          Map.entry("40P01", FaultCode.TRANSACTION_CONFLICTED),
          // query_canceled: a time limit, or somebody's pg_cancel_backend
          Map.entry("57014", FaultCode.TRANSACTION_CONFLICTED),
          // idle_in_transaction_session_timeout, transaction_timeout, idle_session_timeout
          Map.entry("25P03", FaultCode.SERVER_UNREACHABLE),
          Map.entry("25P04", FaultCode.SERVER_UNREACHABLE),
          Map.entry("57P05", FaultCode.SERVER_UNREACHABLE),
          // admin_shutdown, crash_shutdown, cannot_connect_now
          Map.entry("57P01", FaultCode.SERVER_UNREACHABLE),
          Map.entry("57P02", FaultCode.SERVER_UNREACHABLE),
          Map.entry("57P03", FaultCode.SERVER_UNREACHABLE),
          // read_only_sql_transaction: the address leads to a standby, as in a failover
          Map.entry("25006", FaultCode.SERVER_UNREACHABLE),
          // insufficient_privilege
          Map.entry("42501", FaultCode.PRIVILEGE_MISSING),
          // invalid_catalog_name, invalid_schema_name
          Map.entry("3D000", FaultCode.OBJECT_UNEXPECTED),
          Map.entry("3F000", FaultCode.OBJECT_UNEXPECTED),
          // undefined_table, undefined_column, undefined_function, undefined_object
          Map.entry("42P01", FaultCode.OBJECT_UNEXPECTED),
          Map.entry("42703", FaultCode.OBJECT_UNEXPECTED),
          Map.entry("42883", FaultCode.OBJECT_UNEXPECTED),
          Map.entry("42704", FaultCode.OBJECT_UNEXPECTED),
          // duplicate_table, duplicate_column, duplicate_object, duplicate_function,
          // duplicate_schema
          Map.entry("42P07", FaultCode.OBJECT_UNEXPECTED),
          Map.entry("42701", FaultCode.OBJECT_UNEXPECTED),
          Map.entry("42710", FaultCode.OBJECT_UNEXPECTED),
          Map.entry("42723", FaultCode.OBJECT_UNEXPECTED),
          Map.entry("42P06", FaultCode.OBJECT_UNEXPECTED),
          // dependent_objects_still_exist
          Map.entry("2BP01", FaultCode.OBJECT_UNEXPECTED),
          // raise_exception, assert_failure: code of the user that ran on a row
          Map.entry("P0001", FaultCode.ROW_REFUSED),
          Map.entry("P0004", FaultCode.ROW_REFUSED),
          // cardinality_violation: an expression's subquery gave two rows
          Map.entry("21000", FaultCode.ROW_REFUSED));

  private static final Map<String, FaultCode> CLASSES =
      Map.ofEntries(
          // Connection exception
          Map.entry("08", FaultCode.SERVER_UNREACHABLE),
          // System error: I/O of the server
          Map.entry("58", FaultCode.SERVER_UNREACHABLE),
          // Invalid authorization specification
          Map.entry("28", FaultCode.CREDENTIALS_REFUSED),
          // Insufficient resources: disk, memory, connections
          Map.entry("53", FaultCode.RESOURCE_EXHAUSTED),
          // Data exception, integrity constraint violation, with check option violation
          Map.entry("22", FaultCode.ROW_REFUSED),
          Map.entry("23", FaultCode.ROW_REFUSED),
          Map.entry("44", FaultCode.ROW_REFUSED));

  private SqlStates() {}

  /**
   * The fault of a state.
   *
   * @param state absent where the pool had no connection to give: the server and the driver always
   *     give one
   */
  static FaultCode fault(Optional<String> state) {
    return state.map(SqlStates::known).orElse(FaultCode.RESOURCE_EXHAUSTED);
  }

  private static FaultCode known(String state) {
    String family = state.substring(0, Math.min(2, state.length()));
    @Nullable FaultCode code = CODES.get(state);
    return code != null ? code : CLASSES.getOrDefault(family, FaultCode.STATEMENT_REFUSED);
  }
}
