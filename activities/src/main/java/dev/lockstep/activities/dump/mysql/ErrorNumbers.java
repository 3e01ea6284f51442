package dev.lockstep.activities.dump.mysql;

import dev.lockstep.workflows.fault.FaultCode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each error number means, else the class of the SQLSTATE (its first two letters). Most errors
 * of these products have the SQLSTATE HY000, hence the numbers.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/mysql-errors/9.4/en/server-error-reference.html">MySQL</a>
 * @see <a
 *     href="https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference">MariaDB</a>
 */
final class ErrorNumbers {
  private static final Map<Integer, FaultCode> CODES =
      Map.ofEntries(
          // ER_LOCK_WAIT_TIMEOUT, ER_LOCK_NOWAIT
          Map.entry(1205, FaultCode.LOCK_NOT_ACQUIRED),
          Map.entry(3572, FaultCode.LOCK_NOT_ACQUIRED),
          // ER_LOCK_DEADLOCK, ER_QUERY_INTERRUPTED, ER_QUERY_TIMEOUT, MariaDB's
          // ER_STATEMENT_TIMEOUT
          Map.entry(1213, FaultCode.TRANSACTION_CONFLICTED),
          Map.entry(1317, FaultCode.TRANSACTION_CONFLICTED),
          Map.entry(3024, FaultCode.TRANSACTION_CONFLICTED),
          Map.entry(1969, FaultCode.TRANSACTION_CONFLICTED),
          // ER_TABLE_DEF_CHANGED: somebody altered a table after the snapshot
          Map.entry(1412, FaultCode.TRANSACTION_CONFLICTED),
          // ER_DISK_FULL, ER_OUTOFMEMORY, ER_OUT_OF_SORTMEMORY, ER_CON_COUNT_ERROR,
          // ER_OUT_OF_RESOURCES, ER_RECORD_FILE_FULL, ER_TOO_MANY_USER_CONNECTIONS,
          // ER_USER_LIMIT_REACHED
          Map.entry(1021, FaultCode.RESOURCE_EXHAUSTED),
          Map.entry(1037, FaultCode.RESOURCE_EXHAUSTED),
          Map.entry(1038, FaultCode.RESOURCE_EXHAUSTED),
          Map.entry(1040, FaultCode.RESOURCE_EXHAUSTED),
          Map.entry(1041, FaultCode.RESOURCE_EXHAUSTED),
          Map.entry(1114, FaultCode.RESOURCE_EXHAUSTED),
          Map.entry(1203, FaultCode.RESOURCE_EXHAUSTED),
          Map.entry(1226, FaultCode.RESOURCE_EXHAUSTED),
          // ER_SERVER_SHUTDOWN, ER_OPTION_PREVENTS_STATEMENT and ER_READ_ONLY_MODE: the address
          // leads to a replica, as in a failover
          Map.entry(1053, FaultCode.SERVER_UNREACHABLE),
          Map.entry(1290, FaultCode.SERVER_UNREACHABLE),
          Map.entry(1836, FaultCode.SERVER_UNREACHABLE),
          // ER_ACCESS_DENIED_ERROR, ER_ACCESS_DENIED_NO_PASSWORD_ERROR
          Map.entry(1045, FaultCode.CREDENTIALS_REFUSED),
          Map.entry(1698, FaultCode.CREDENTIALS_REFUSED),
          // ER_DBACCESS_DENIED_ERROR, ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR,
          // ER_SPECIFIC_ACCESS_DENIED_ERROR, ER_PROCACCESS_DENIED_ERROR,
          // ER_CANT_CREATE_USER_WITH_GRANT, ER_BINLOG_CREATE_ROUTINE_NEED_SUPER
          Map.entry(1044, FaultCode.PRIVILEGE_MISSING),
          Map.entry(1142, FaultCode.PRIVILEGE_MISSING),
          Map.entry(1143, FaultCode.PRIVILEGE_MISSING),
          Map.entry(1227, FaultCode.PRIVILEGE_MISSING),
          Map.entry(1370, FaultCode.PRIVILEGE_MISSING),
          Map.entry(1410, FaultCode.PRIVILEGE_MISSING),
          Map.entry(1419, FaultCode.PRIVILEGE_MISSING),
          // ER_DB_CREATE_EXISTS, ER_DB_DROP_EXISTS, ER_BAD_DB_ERROR, ER_TABLE_EXISTS_ERROR,
          // ER_BAD_TABLE_ERROR, ER_BAD_FIELD_ERROR, ER_NO_SUCH_TABLE, ER_SP_ALREADY_EXISTS,
          // ER_SP_DOES_NOT_EXIST, ER_VIEW_INVALID, ER_TRG_ALREADY_EXISTS, ER_CANNOT_USER,
          // ER_NO_SUCH_USER, ER_EVENT_ALREADY_EXISTS
          Map.entry(1007, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1008, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1049, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1050, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1051, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1054, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1146, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1304, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1305, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1356, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1359, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1396, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1449, FaultCode.OBJECT_UNEXPECTED),
          Map.entry(1537, FaultCode.OBJECT_UNEXPECTED));

  private static final Map<String, FaultCode> CLASSES =
      Map.of(
          // Connection exception
          "08", FaultCode.SERVER_UNREACHABLE,
          // Invalid authorization specification
          "28", FaultCode.CREDENTIALS_REFUSED,
          // Transaction rollback
          "40", FaultCode.TRANSACTION_CONFLICTED,
          // Data exception, integrity constraint violation, with check option violation
          "22", FaultCode.ROW_REFUSED,
          "23", FaultCode.ROW_REFUSED,
          "44", FaultCode.ROW_REFUSED);

  private ErrorNumbers() {}

  /**
   * The fault.
   *
   * @param state absent where the pool had no connection to give
   */
  static FaultCode fault(int number, Optional<String> state) {
    @Nullable FaultCode code = CODES.get(number);
    return code != null
        ? code
        : state.map(ErrorNumbers::known).orElse(FaultCode.RESOURCE_EXHAUSTED);
  }

  private static FaultCode known(String state) {
    String family = state.substring(0, Math.min(2, state.length()));
    return CLASSES.getOrDefault(family, FaultCode.STATEMENT_REFUSED);
  }
}
