package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Whom a statement on an index waits for: it waits for transactions that began before it, one after
 * the other, and each may be ended when it has been waited for long enough.
 */
final class IndexWait {
  /** The server keeps the first kilobyte of a statement; ours differ long before. */
  private static final String FIND =
      """
      SELECT DISTINCT unnest(pg_blocking_pids(a.pid)) FROM pg_stat_activity a
      WHERE a.datname = current_database() AND a.application_name = :own
        AND left(a.query, 200) = left(:sql, 200) AND a.wait_event_type = 'Lock'
      """;

  private final Blockers blockers;
  private final String sql;
  private final String index;
  private final Map<String, Long> seenSince = new HashMap<>();

  IndexWait(StepScope scope, Reporter reporter, String index, String sql) {
    this.blockers = new Blockers(scope, reporter);
    this.index = index;
    this.sql = sql;
  }

  /** Ends who may be ended. Gives what is to be said of it; nothing where nobody asked for it. */
  List<String> look(Handle handle) {
    return blockers.wanted() ? lookAt(handle, find(handle)) : List.of();
  }

  private List<Integer> find(Handle handle) {
    return handle
        .createQuery(FIND)
        .bind("own", Databases.APPLICATION_NAME)
        .bind("sql", sql)
        .mapTo(Integer.class)
        .list();
  }

  private List<String> lookAt(Handle handle, List<Integer> pids) {
    List<Blocker> found = blockers.look(handle, pids);
    seenSince
        .keySet()
        .retainAll(found.stream().map(IndexWait::transaction).collect(Collectors.toSet()));
    long now = System.nanoTime();
    List<String> notes = new ArrayList<>();
    for (Blocker blocker : found) {
      long since = seenSince.computeIfAbsent(transaction(blocker), unseen -> now);
      Duration waited = Duration.ofNanos(now - since);
      notes.addAll(blockers.end(handle, List.of(blocker), waited, "index " + index).notes());
    }
    // The server gives 0 for a prepared transaction.
    if (pids.contains(0)) {
      notes.add(Blockers.PREPARED);
    }
    return notes;
  }

  private static String transaction(Blocker blocker) {
    return blocker.identity().transaction();
  }
}
