package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.disk.ProcessLock;
import dev.lockstep.worker.server.Delivery.Settled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every delivery that was accepted: first those that wait for their run, in their order, and then
 * for a while those that have it, so that none is taken twice.
 */
final class DeliveryBook implements AutoCloseable {
  private final int limit;
  private final Clock clock;
  private final KnownDeliveries known = new KnownDeliveries();
  private final AtomicReference<Journal> journal = new AtomicReference<>();
  private final ProcessLock lock;

  /**
   * A delivery and what is known of it.
   *
   * @param kept ends when it is on the disk
   * @param settled ends when it has its run, and that is on the disk
   * @param recovered whether an earlier process took it, which may have started its run
   */
  record Entry(
      Delivery delivery,
      CompletableFuture<Boolean> kept,
      CompletableFuture<Settled> settled,
      boolean recovered) {
    static Entry of(Delivery delivery, boolean recovered) {
      return new Entry(delivery, new CompletableFuture<>(), new CompletableFuture<>(), recovered);
    }
  }

  /** What became of an offer. */
  record Taken(Entry entry, boolean duplicate) {}

  private DeliveryBook(int limit, Clock clock, ProcessLock lock) {
    this.limit = limit;
    this.clock = clock;
    this.lock = lock;
  }

  /**
   * Opens the book of a folder, for this process alone.
   *
   * @param limit how many may wait
   * @throws IOException also where another process has it
   */
  static DeliveryBook open(Path folder, int limit, Clock clock) throws IOException {
    Files.createDirectories(folder);
    ProcessLock lock =
        ProcessLock.take(folder.resolve("lock"))
            .orElseThrow(() -> new IOException("another server uses the queue " + folder));
    DeliveryBook book = new DeliveryBook(limit, clock, lock);
    try {
      book.read(folder.resolve("deliveries.jsonl"));
      return book;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void read(Path file) throws IOException {
    Journal.read(file).forEach(known::recover);
    known.forgetOld(clock.instant());
    journal.set(Journal.open(file, this::lines));
  }

  private synchronized List<JsonNode> lines() {
    return known.lines();
  }

  /** Takes it, or finds that it was taken before; absent: no more may wait. */
  synchronized Optional<Taken> offer(Delivery delivery) {
    Optional<Entry> earlier = known.find(delivery);
    if (earlier.isPresent()) {
      return Optional.of(new Taken(earlier.get(), true));
    }
    if (known.waiting() >= limit) {
      return Optional.empty();
    }
    Entry entry = Entry.of(delivery, false);
    known.enter(entry);
    known.forgetOld(clock.instant());
    CompletableFuture<Boolean> unused =
        journal()
            .append(KnownDeliveries.accepted(delivery))
            .whenComplete((done, fault) -> kept(entry, fault));
    return Optional.of(new Taken(entry, false));
  }

  /** Only what is on the disk is started, so that no run is there that nobody remembers. */
  private void kept(Entry entry, @Nullable Throwable fault) {
    if (fault == null) {
      entry.kept().complete(true);
      synchronized (this) {
        notifyAll();
      }
    } else {
      synchronized (this) {
        known.remove(entry);
      }
      entry.kept().completeExceptionally(fault);
    }
  }

  /** Those of {@code wanted} that wait, oldest first; waits for one, or for that time. */
  synchronized List<Entry> await(Duration time, int most, Predicate<Entry> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<Entry> found = known.ready(most, wanted);
    while (found.isEmpty() && System.nanoTime() < end) {
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      found = known.ready(most, wanted);
    }
    return found;
  }

  /**
   * Says what became of one. Nobody learns of its run before that is on the disk: a process that
   * dies in between leaves a delivery of which no run was told, and the next one may find or start
   * another. Where the disk does not take it, only this process knows.
   */
  synchronized void settle(Entry entry, Settled settled) {
    known.settle(entry);
    CompletableFuture<Boolean> unused =
        journal()
            .append(KnownDeliveries.settled(settled))
            .whenComplete((done, fault) -> entry.settled().complete(settled));
  }

  /** Those that have their run, whose end was not told beside their commit yet. */
  synchronized List<Entry> unreported() {
    return known.unreported();
  }

  /** The end of its run was told, or never can be. */
  synchronized void reported(Entry entry) {
    known.reported(entry);
    CompletableFuture<Boolean> unused = journal().append(KnownDeliveries.told(entry));
  }

  synchronized int waiting() {
    return known.waiting();
  }

  private Journal journal() {
    return Objects.requireNonNull(journal.get(), "the book is open");
  }

  @Override
  public void close() throws IOException {
    journal().close();
    lock.close();
  }
}
