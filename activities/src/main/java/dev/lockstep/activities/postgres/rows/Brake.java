package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Where all workers of a step ask before each batch. */
final class Brake {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

  /**
   * So long a wait for the rate is told of after it is over: not every batch of a worker that the
   * rate holds has to wait, and a reason that comes and goes is told each time.
   */
  private static final Duration SHOWN_PACING = Duration.ofSeconds(2);

  private static final int SHOWN_NOTES = 3;

  private final Health health;
  private final LongSupplier nanoClock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Queue<String> notes = new ConcurrentLinkedQueue<>();
  private volatile List<String> pacing = List.of();
  private volatile long pacedUntil;

  Brake(Health health, LongSupplier nanoClock) {
    this.health = health;
    this.nanoClock = nanoClock;
  }

  /** From now on no batch begins. */
  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /**
   * Waits until a batch may begin: first the time that the last one has cost, then until nothing of
   * the database's health speaks against it.
   *
   * @return false: there shall be no further batch
   */
  boolean release(Duration cost, String why) {
    if (!cost.isZero()) {
      pacedUntil = nanoClock.getAsLong() + cost.plus(SHOWN_PACING).toNanos();
      pacing = List.of(why);
    }
    boolean goOn = pause(cost);
    while (goOn && !health.concerns().isEmpty()) {
      goOn = pause(LOOK_INTERVAL);
    }
    return goOn;
  }

  /** Something that people shall know while the work goes on. */
  void note(String note) {
    notes.add(note);
  }

  /** Every reason why not all batches begin at once, and the latest notes. */
  List<String> waitingFor() {
    List<String> all = new ArrayList<>(health.concerns());
    if (nanoClock.getAsLong() - pacedUntil < 0) {
      all.addAll(pacing);
    }
    List<String> noted = List.copyOf(notes);
    if (noted.size() > SHOWN_NOTES) {
      all.add((noted.size() - SHOWN_NOTES) + " rows more were set aside before these");
    }
    all.addAll(noted.subList(Math.max(0, noted.size() - SHOWN_NOTES), noted.size()));
    return List.copyOf(all);
  }

  private boolean pause(Duration time) {
    try {
      return !stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
