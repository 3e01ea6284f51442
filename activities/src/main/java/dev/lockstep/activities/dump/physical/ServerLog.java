package dev.lockstep.activities.dump.physical;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The log of a server by the ordinary functions of SQL, and the slot that keeps it between runs.
 *
 * @param slot its name
 */
record ServerLog(Handle handle, String slot) {
  /** Names of slots have at most 63 bytes. */
  private static final int LONGEST = 63;

  private static final String STATE =
      """
      SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
        (SELECT system_identifier::text FROM pg_control_system()) AS system,
        ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int AS timeline,
        (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size') AS segment_bytes,
        pg_current_wal_lsn()::text AS position,
        clock_timestamp() AS now,
        (SELECT coalesce(sum(pg_database_size(oid)), 0)::bigint FROM pg_database
         WHERE has_database_privilege(oid, 'CONNECT')) AS bytes
      """;

  /** The name of the slot of a backup, which is a label of DNS. */
  static String slotOf(String backup) {
    String name = "lockstep_" + backup.replace('-', '_');
    if (name.length() <= LONGEST) {
      return name;
    }
    UUID hash = UUID.nameUUIDFromBytes(backup.getBytes(StandardCharsets.UTF_8));
    String end = "_" + HexFormat.of().toHexDigits(hash.getMostSignificantBits());
    return name.substring(0, LONGEST - end.length()) + end;
  }

  LogServer state() {
    return handle
        .createQuery(STATE)
        .map(
            (row, context) ->
                new LogServer(
                    row.getString("version"),
                    row.getString("system"),
                    row.getInt("timeline"),
                    row.getLong("segment_bytes"),
                    Lsn.parse(row.getString("position")),
                    row.getObject("now", OffsetDateTime.class).toInstant(),
                    row.getLong("bytes"),
                    findSlot()))
        .one();
  }

  private Optional<LogServer.Slot> findSlot() {
    return handle
        .createQuery(
            """
            SELECT restart_lsn::text AS keeps, wal_status = 'lost' AS lost
            FROM pg_replication_slots WHERE slot_name = :slot AND slot_type = 'physical'
            """)
        .bind("slot", slot)
        .map(
            (row, context) ->
                new LogServer.Slot(
                    Optional.ofNullable(row.getString("keeps")).map(Lsn::parse),
                    row.getBoolean("lost")))
        .findOne();
  }

  Instant now() {
    return handle
        .createQuery("SELECT clock_timestamp()")
        .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .one();
  }

  /** Lets the server keep its log from its last checkpoint on; a slot that works stays. */
  void keep(Optional<LogServer.Slot> there) {
    if (there.filter(it -> !it.lost() && it.keeps().isPresent()).isEmpty()) {
      drop();
      handle
          .createQuery(
              "SELECT slot_name::text FROM pg_create_physical_replication_slot(:slot, true)")
          .bind("slot", slot)
          .mapTo(String.class)
          .one();
    }
  }

  /** Lets the server keep nothing before that. */
  void keepFrom(Lsn position) {
    handle
        .createQuery(
            "SELECT end_lsn::text FROM pg_replication_slot_advance(:slot, CAST(:to AS pg_lsn))")
        .bind("slot", slot)
        .bind("to", position.toString())
        .mapTo(String.class)
        .one();
  }

  /** Removes the slot, where it is there. */
  void drop() {
    handle
        .createQuery(
            """
            SELECT pg_drop_replication_slot(slot_name)::text FROM pg_replication_slots
            WHERE slot_name = :slot
            """)
        .bind("slot", slot)
        .mapTo(String.class)
        .list();
  }

  /**
   * Lets the server begin another file. A transaction commits before: a restore to a moment needs a
   * later commit in the log to know that it has come there.
   *
   * @return where the last complete file ends
   */
  Lsn finishFile(long segmentBytes) {
    handle.createQuery("SELECT pg_current_xact_id()::text").mapTo(String.class).one();
    return handle
        .createQuery("SELECT pg_switch_wal()::text")
        .mapTo(String.class)
        .map(Lsn::parse)
        .one()
        .endOfFile(segmentBytes);
  }

  /** The first bytes of those files that are there. */
  SortedMap<String, byte[]> headers(List<String> names) {
    SortedMap<String, byte[]> headers = new TreeMap<>();
    handle
        .createQuery(
            """
            SELECT name, header FROM unnest(:names) AS name,
              LATERAL pg_read_binary_file('pg_wal/' || name, 0, :bytes, true) AS header
            WHERE header IS NOT NULL
            """)
        .bind("bytes", (long) LogFile.HEADER_BYTES)
        .bindArray("names", String.class, names)
        .map((row, context) -> Map.entry(row.getString("name"), row.getBytes("header")))
        .list()
        .forEach(one -> headers.put(one.getKey(), one.getValue()));
    return headers;
  }
}
