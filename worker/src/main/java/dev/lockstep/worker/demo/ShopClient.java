package dev.lockstep.worker.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One pod of the application: a loop on its own connection. A request is due every 20 milliseconds
 * and its time counts from when it was due, so that a stall shows in every request behind it. A
 * failed request is counted and never tried again.
 */
final class ShopClient implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(20);
  private static final double READS = 0.5;
  private static final double UPDATES = 0.4;

  private final DemoDatabase database;
  private final ShopVersion version;
  private final Names names;
  private final Traffic traffic;
  private final SplittableRandom random;
  private final Thread thread;
  private volatile boolean stopping;

  private ShopClient(DemoDatabase database, ShopVersion version, Shop shop, String pod) {
    this.database = database;
    this.version = version;
    this.names = shop.names();
    this.traffic = shop.traffic();
    this.random = new SplittableRandom(pod.hashCode());
    this.thread = new Thread(this::loop, pod);
  }

  static ShopClient start(DemoDatabase database, ShopVersion version, Shop shop, String pod) {
    ShopClient client = new ShopClient(database, version, shop, pod);
    client.thread.setDaemon(true);
    client.thread.start();
    return client;
  }

  private void loop() {
    @Nullable Connection connection = null;
    long due = System.nanoTime();
    while (!stopping) {
      due += EVERY.toNanos();
      LockSupport.parkNanos(due - System.nanoTime());
      try {
        if (connection == null) {
          connection = database.connect("shop-web/" + version.name().substring(1));
        }
        Optional<String> wrong = request(connection);
        if (wrong.isPresent()) {
          traffic.failed(version + " " + wrong.get());
        } else {
          traffic.succeeded(Duration.ofNanos(System.nanoTime() - due));
        }
      } catch (SQLException e) {
        traffic.failed(version + " " + e.getMessage());
        close(connection);
        connection = null;
      } catch (RuntimeException e) {
        // A defect of this client: it must show as a failure, not as traffic that is missing.
        traffic.failed(version + " " + e);
      }
    }
    close(connection);
  }

  /** Sends one request; says what was wrong with its answer. */
  private Optional<String> request(Connection connection) throws SQLException {
    double dice = random.nextDouble();
    long id = random.nextLong(1, database.rows() + 1);
    if (dice < READS) {
      return read(connection, id);
    }
    String name = "F" + Long.toHexString(random.nextLong()) + " L" + id;
    if (dice < READS + UPDATES) {
      return update(connection, id, name);
    }
    names.inserted(version.insert(connection, name), name);
    return Optional.empty();
  }

  private Optional<String> read(Connection connection, long id) throws SQLException {
    Names.Entry before = names.entry(id);
    String seen = version.read(connection, id).orElse(null);
    Names.Entry after = names.entry(id);
    return before.allows(after, seen)
        ? Optional.empty()
        : Optional.of("read '%s' of row %d, written was '%s'".formatted(seen, id, after.current()));
  }

  private Optional<String> update(Connection connection, long id, String name) throws SQLException {
    if (!names.begin(id, name)) {
      return read(connection, id);
    }
    boolean found = version.update(connection, id, name);
    names.end(id, found);
    return found ? Optional.empty() : Optional.of("row " + id + " is gone");
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // The server ends the session anyway.
      }
    }
  }

  /** Lets the request under way end. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
