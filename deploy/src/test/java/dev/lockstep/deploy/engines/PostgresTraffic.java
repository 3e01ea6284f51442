package dev.lockstep.deploy.engines;

import dev.lockstep.deploy.e2e.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** A writer that never rests; each transaction writes one row into two tables. */
final class PostgresTraffic implements AutoCloseable {
  private final AtomicLong done;
  private final Thread writer;
  private volatile boolean ended;

  private PostgresTraffic(PostgresShop shop, Connection connection) {
    this.done = new AtomicLong(shop.last());
    this.writer = new Thread(() -> write(connection), "traffic");
  }

  static PostgresTraffic start(PostgresShop shop) throws SQLException {
    Connection connection = shop.server().connect(shop.database(), "traffic");
    connection.setAutoCommit(false);
    PostgresTraffic traffic = new PostgresTraffic(shop, connection);
    traffic.writer.start();
    traffic.awaitMore();
    return traffic;
  }

  private void write(Connection connection) {
    try (connection) {
      while (!ended) {
        long next = done.get() + 1;
        Server.execute(
            connection,
            "INSERT INTO traffic VALUES (%d, %d, md5('%d'))".formatted(next, next, next));
        Server.execute(connection, "INSERT INTO counter VALUES (%d, %d)".formatted(next, -next));
        connection.commit();
        done.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitMore() {
    long before = done.get();
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> done.get() > before + 20);
  }

  @Override
  public void close() throws InterruptedException {
    ended = true;
    writer.join();
  }
}
