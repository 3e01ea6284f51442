package dev.lockstep.activities.restore;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.workflows.contract.RestoreActivities;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks on databases that are restored into, held by sessions of this process: they are gone when
 * it is. A process holds the lock of a database once, however often it asks.
 */
public final class SessionLocks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLocks.class);

  private final Map<String, Runnable> held = new HashMap<>();

  /** Restores that another process with such locks cannot disturb. */
  public RestoreActivities around(Databases databases, RestoreActivities restores) {
    return new ExclusiveRestores(restores, this, databases, TemporalReporter::current);
  }

  /**
   * Takes the lock of a database.
   *
   * @return who has it; empty: this process
   */
  synchronized Optional<String> take(Databases databases, Database database) {
    String name = name(databases, database);
    if (held.containsKey(name)) {
      return Optional.empty();
    }
    if (database.connection() instanceof Connection.Folder folder) {
      Optional<FolderLock> lock = FolderLock.take(folder.path());
      lock.ifPresent(taken -> held.put(name, taken::end));
      return lock.isPresent() ? Optional.empty() : Optional.of("for " + name);
    }
    Handle session = databases.open(database).open();
    Held lock = new Held(TargetLock.of(database.engine()), session);
    boolean taken = false;
    try {
      Optional<String> holder = lock.lock().take(session);
      taken = holder.isEmpty();
      return holder;
    } finally {
      if (taken) {
        held.put(name, lock::end);
      } else {
        lock.end();
      }
    }
  }

  /** Gives it back, where this process has it. */
  synchronized void giveBack(Databases databases, Database database) {
    Optional.ofNullable(held.remove(name(databases, database))).ifPresent(Runnable::run);
  }

  private static String name(Databases databases, Database database) {
    return database.connection() instanceof Connection.Folder folder
        ? "folder " + folder.path()
        : databases.address(database);
  }

  @Override
  public synchronized void close() {
    held.values().forEach(Runnable::run);
    held.clear();
  }

  private record Held(TargetLock lock, Handle session) {
    void end() {
      try (session) {
        lock.giveBack(session);
      } catch (JdbiException e) {
        LOG.info("a session that held a lock is gone, and the lock with it: {}", e.getMessage());
      }
    }
  }
}
