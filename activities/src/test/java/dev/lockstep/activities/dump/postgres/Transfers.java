package dev.lockstep.activities.dump.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** A writer whose transactions always keep the sum of two tables at zero. */
final class Transfers implements AutoCloseable {
  private final AtomicLong done = new AtomicLong();
  private final Thread writer;
  private volatile boolean ended;

  private Transfers(Connection connection) {
    this.writer = new Thread(() -> write(connection), "transfers");
  }

  static Transfers start(DumpServer server, String database) throws SQLException {
    Connection connection = server.connect(database);
    connection.setAutoCommit(false);
    Transfers transfers = new Transfers(connection);
    transfers.writer.start();
    return transfers;
  }

  private void write(Connection connection) {
    try (connection;
        Statement statement = connection.createStatement()) {
      while (!ended) {
        long amount = done.get() + 1;
        statement.execute("INSERT INTO public.debit VALUES (" + amount + ")");
        statement.execute("INSERT INTO public.credit VALUES (" + -amount + ")");
        connection.commit();
        done.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Until some more are done. */
  void awaitMore() {
    long before = done.get();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> done.get() > before + 20);
  }

  @Override
  public void close() throws InterruptedException {
    ended = true;
    writer.join();
  }
}
