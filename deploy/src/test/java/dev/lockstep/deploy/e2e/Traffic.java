package dev.lockstep.deploy.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** One client that repeats a statement on a connection of its own and notes every failure. */
final class Traffic implements AutoCloseable {
  private final AtomicLong requests = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  private Traffic(Server server, String database, String name, Statements statements) {
    this.thread = new Thread(() -> repeat(server, database, name, statements), name);
    thread.start();
  }

  /** What a client says next. */
  interface Statements {
    /** The statement of its n-th request, from 1. */
    String next(long request);
  }

  static Traffic start(Server server, String database, String name, Statements statements) {
    return new Traffic(server, database, name, statements);
  }

  /** Requests that were answered. */
  long requests() {
    return requests.get();
  }

  List<String> failures() {
    return failures;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  private void repeat(Server server, String database, String name, Statements statements) {
    try (Connection connection = server.connect(database, name);
        Statement statement = connection.createStatement()) {
      while (!stopped) {
        request(statement, statements.next(requests.get() + 1));
      }
    } catch (SQLException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
  }

  private void request(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      failures.add(sql + ": " + e.getMessage());
    }
    requests.incrementAndGet();
  }
}
