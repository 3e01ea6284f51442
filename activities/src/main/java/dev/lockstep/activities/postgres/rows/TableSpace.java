package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.PartitionTree;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What a table with its indexes, or all its partitions with theirs, takes on disk, in bytes, and
 * how many of its rows are dead. A backfill leaves a dead row for each one that it changes, until
 * autovacuum has come by; people shall see it, and not find out. The number of dead rows is the
 * server's own, about a second old.
 */
record TableSpace(long bytes, long deadRows) {
  static TableSpace read(Jdbi jdbi, TableName table) {
    return jdbi.withHandle(handle -> read(handle, Quoted.text(Quoted.name(table))));
  }

  private static TableSpace read(Handle handle, String table) {
    return handle
        .createQuery(
            """
            WITH RECURSIVE %s
            SELECT sum(pg_total_relation_size(oid))::bigint AS bytes,
              sum(coalesce(pg_stat_get_dead_tuples(oid), 0))::bigint AS dead FROM tree\
            """
                .formatted(PartitionTree.sql(table + "::regclass")))
        .map((row, at) -> new TableSpace(row.getLong("bytes"), row.getLong("dead")))
        .one();
  }
}
