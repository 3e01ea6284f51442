package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PartitionTree;
import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * How one transaction gets the locks of several tables, of which clients hold some and want others.
 *
 * <ul>
 *   <li>By the tables' names at the first try, the other way round at the second, and so on:
 *       clients that lock two tables in one order never let a step win that takes the other.
 *   <li>While it has one, it waits for the next no longer than half of the server's {@code
 *       deadlock_timeout}: after that time, the server ends who asked last, which would be a
 *       client.
 * </ul>
 */
final class LockOrder {
  /** On the server, in one message: clients wait meanwhile. */
  private static final String LOCK_PARTITIONS =
      """
      DO $lockstep$
      DECLARE
        deadline CONSTANT timestamptz := clock_timestamp() + %s * interval '1 ms';
        part record;
      BEGIN
        FOR part IN
          WITH RECURSIVE %s
          SELECT tree.oid::pg_catalog.regclass AS name FROM tree
          WHERE level > 0 ORDER BY level, tree.oid
        LOOP
          PERFORM set_config('lock_timeout', greatest(1, round(
            1000 * extract(epoch FROM deadline - clock_timestamp())))::bigint || 'ms', true);
          EXECUTE 'LOCK TABLE ONLY ' || part.name || %s;
        END LOOP;
      END
      $lockstep$\
      """;

  private final int attempt;
  private Duration latest = Duration.ZERO;

  /**
   * @param attempt from 1
   */
  LockOrder(int attempt) {
    this.attempt = attempt;
  }

  /** How long the latest lock was waited for at most. */
  Duration latest() {
    return latest;
  }

  /**
   * Takes them. A table that is not there needs no lock.
   *
   * @param limit of all waits together
   * @return the longest wait
   */
  Duration acquire(Handle transaction, List<TableLock> locks, Duration limit) {
    Duration longest = Duration.ZERO;
    Duration left = limit;
    Duration holding = whileHolding(transaction);
    for (TableLock lock : inTurn(locks)) {
      if (Tables.exist(transaction, lock.table())) {
        limitWaits(transaction, left);
        long began = System.nanoTime();
        acquire(transaction, lock, shorter(left, holding));
        Duration waited = Duration.ofNanos(System.nanoTime() - began);
        longest = waited.compareTo(longest) > 0 ? waited : longest;
        left = shorter(left.minus(waited), holding);
      }
    }
    return longest;
  }

  private static Duration whileHolding(Handle transaction) {
    return transaction
        .select("SELECT setting::bigint / 2 FROM pg_settings WHERE name = 'deadlock_timeout'")
        .mapTo(Long.class)
        .map(Duration::ofMillis)
        .one();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private List<TableLock> inTurn(List<TableLock> locks) {
    List<TableLock> inTurn = new ArrayList<>(locks);
    if (attempt % 2 == 0) {
      Collections.reverse(inTurn);
    }
    return inTurn;
  }

  /**
   * @param ofPartitions the limit for all of them together
   */
  private void acquire(Handle transaction, TableLock lock, Duration ofPartitions) {
    String mode = " IN " + lock.mode().sql() + " MODE";
    if (PartitionTree.find(transaction, lock.table()).isEmpty()) {
      PlainSql.run(transaction, "LOCK TABLE " + Quoted.name(lock.table()) + mode);
      return;
    }
    // The table first, as its clients do, and so that no partition comes or goes any more.
    PlainSql.run(transaction, "LOCK TABLE ONLY " + Quoted.name(lock.table()) + mode);
    latest = ofPartitions;
    String table = "pg_catalog.to_regclass(" + Quoted.text(Quoted.name(lock.table())) + ")";
    PlainSql.run(
        transaction,
        LOCK_PARTITIONS.formatted(
            Math.max(1, ofPartitions.toMillis()), PartitionTree.sql(table), Quoted.text(mode)));
  }

  /** Limits every further wait. Never 0, which the server takes for no limit. */
  void limitWaits(Handle transaction, Duration limit) {
    latest = limit;
    PlainSql.run(transaction, "SET LOCAL lock_timeout = " + Math.max(1, limit.toMillis()));
  }
}
