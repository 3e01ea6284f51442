package dev.lockstep.activities.dump.physical;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Whether a server can be backed up by its files, and the role may. Whole pages are no condition:
 * while a base is copied, a primary writes them into its log whatever is set.
 */
record Readiness(Handle handle) {
  /** Sentences on the server; none: it is fit. */
  private static final String SERVER =
      """
      SELECT why FROM (VALUES
        (pg_is_in_recovery(), 'it is a standby; wanted the primary'),
        (current_setting('wal_level') = 'minimal', 'wal_level is minimal; wanted replica'),
        (current_setting('max_wal_senders')::int = 0, 'max_wal_senders is 0; wanted 2 or more'),
        (current_setting('max_replication_slots')::int
           <= (SELECT count(*) FROM pg_replication_slots WHERE slot_name <> :slot),
         'no replication slot is free; wanted a greater max_replication_slots')) AS c (bad, why)
      WHERE bad
      UNION ALL
      SELECT 'it has the tablespace ' || spcname || ', and such servers cannot be streamed'
      FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')
      """;

  /** What the role lacks. */
  private static final String ROLE =
      """
      SELECT right_of FROM (VALUES
        ((SELECT rolsuper OR rolreplication FROM pg_roles WHERE rolname = current_user),
         'the attribute REPLICATION'),
        (has_function_privilege('pg_read_binary_file(text, bigint, bigint, boolean)', 'EXECUTE'),
         'EXECUTE on pg_read_binary_file(text, bigint, bigint, boolean)'),
        (has_function_privilege('pg_switch_wal()', 'EXECUTE'), 'EXECUTE on pg_switch_wal()'),
        (has_function_privilege('pg_control_system()', 'EXECUTE'),
         'EXECUTE on pg_control_system()')) AS c (has, right_of)
      WHERE NOT has
      """;

  /**
   * Looks.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code STATEMENT_REFUSED} or {@code
   *     PRIVILEGE_MISSING}, naming all that is missing
   */
  void check(String backup) {
    List<String> server =
        handle
            .createQuery(SERVER)
            .bind("slot", ServerLog.slotOf(backup))
            .mapTo(String.class)
            .list();
    if (!server.isEmpty()) {
      throw Faults.failure(
          FaultCode.STATEMENT_REFUSED,
          "the server cannot be backed up by its files: " + String.join("; ", server),
          "");
    }
    List<String> role = handle.createQuery(ROLE).mapTo(String.class).list();
    if (!role.isEmpty()) {
      String user = handle.createQuery("SELECT current_user").mapTo(String.class).one();
      throw Faults.failure(
          FaultCode.PRIVILEGE_MISSING,
          "role " + user + " needs " + String.join(", ", role) + " for a physical backup",
          "");
    }
  }
}
