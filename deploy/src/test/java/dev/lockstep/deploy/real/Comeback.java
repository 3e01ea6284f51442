package dev.lockstep.deploy.real;

import dev.lockstep.deploy.e2e.TokenShop;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Measures how long it takes until a backfill that was hit goes on. */
final class Comeback {
  /** After this time the database has ended what a killed worker had sent it. */
  private static final Duration ECHO = Duration.ofMillis(500);

  private final TokenShop shop;
  private final long killed;
  private final long filled;

  private Comeback(TokenShop shop, long killed, long filled) {
    this.shop = shop;
    this.killed = killed;
    this.filled = filled;
  }

  /** To be called right after the kill. */
  static Comeback of(TokenShop shop) {
    long killed = System.nanoTime();
    long filled =
        Awaitility.await().pollDelay(ECHO).until(shop::filled, rows -> rows < TokenShop.ROWS);
    return new Comeback(shop, killed, filled);
  }

  /** Waits for the first batch that is committed after the kill; the time from the kill to it. */
  Duration firstBatch() {
    Awaitility.await()
        .atMost(Change.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> shop.filled() > filled);
    return Duration.ofNanos(System.nanoTime() - killed);
  }
}
