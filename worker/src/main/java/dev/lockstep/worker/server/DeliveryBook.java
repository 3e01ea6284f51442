package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.activities.disk.ProcessLock;
import dev.lockstep.worker.server.Delivery.Settled;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  /** GitHub sends again what is up to three days old; whoever replays has as long as he likes. */
  static final Duration REMEMBERED = Duration.ofDays(7);

  /** About 100 MB. */
  static final int MOST_REMEMBERED = 200_000;

  private static final String ACCEPTED = "accepted";
  private static final String SETTLED = "settled";
  private static final String REPORTED = "reported";

  private final int limit;
  private final Clock clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Entry> bound = new LinkedHashMap<>();
  private final Map<String, Entry> pending = new LinkedHashMap<>();
  private final Map<String, Entry> unreported = new LinkedHashMap<>();
  private final AtomicReference<Journal> journal = new AtomicReference<>();
  private final ProcessLock lock;

  /**
   * A delivery and what is known of it.
   *
   * @param kept ends when it is on the disk
   * @param settled ends when it has its run
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
    Path file = folder.resolve("deliveries.jsonl");
    Journal.read(file).forEach(book::recover);
    book.forgetOld();
    book.journal.set(Journal.open(file, book::lines));
    return book;
  }

  private void recover(JsonNode line) {
    if (line.has(ACCEPTED)) {
      Entry entry = Entry.of(Wire.read(line.path(ACCEPTED), Delivery.class), true);
      entry.kept().complete(true);
      enter(entry);
    } else if (line.has(SETTLED)) {
      Settled settled = Wire.read(line.path(SETTLED), Settled.class);
      Optional.ofNullable(entries.get(settled.key())).ifPresent(entry -> settled(entry, settled));
    } else {
      unreported.remove(line.path(REPORTED).asText());
    }
  }

  private void enter(Entry entry) {
    entries.put(entry.delivery().key(), entry);
    entry.delivery().bound().ifPresent(key -> bound.put(key, entry));
    pending.put(entry.delivery().key(), entry);
  }

  /** Takes it, or finds that it was taken before; absent: no more may wait. */
  synchronized Optional<Taken> offer(Delivery delivery) {
    Optional<Entry> known = find(delivery);
    if (known.isPresent()) {
      return Optional.of(new Taken(known.get(), true));
    }
    if (pending.size() >= limit) {
      return Optional.empty();
    }
    Entry entry = Entry.of(delivery, false);
    enter(entry);
    forgetOld();
    CompletableFuture<Boolean> unused =
        journal()
            .append(line(ACCEPTED, delivery))
            .whenComplete((done, fault) -> kept(entry, fault));
    return Optional.of(new Taken(entry, false));
  }

  private Optional<Entry> find(Delivery delivery) {
    return Optional.ofNullable(entries.get(delivery.key()))
        .or(() -> delivery.bound().map(bound::get));
  }

  /** Only what is on the disk is started, so that no run is there that nobody remembers. */
  private void kept(Entry entry, @Nullable Throwable fault) {
    synchronized (this) {
      if (fault != null) {
        remove(entry);
      }
      notifyAll();
    }
    if (fault == null) {
      entry.kept().complete(true);
    } else {
      entry.kept().completeExceptionally(fault);
    }
  }

  private void remove(Entry entry) {
    entries.remove(entry.delivery().key(), entry);
    pending.remove(entry.delivery().key(), entry);
    entry.delivery().bound().ifPresent(key -> bound.remove(key, entry));
  }

  /** Those of {@code wanted} that wait, oldest first; waits for one, or for that time. */
  synchronized List<Entry> await(Duration time, int most, Predicate<Entry> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<Entry> found = ready(most, wanted);
    while (found.isEmpty() && System.nanoTime() < end) {
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      found = ready(most, wanted);
    }
    return found;
  }

  private List<Entry> ready(int most, Predicate<Entry> wanted) {
    return pending.values().stream()
        .filter(wanted)
        .filter(entry -> entry.recovered() || entry.kept().isDone())
        .limit(most)
        .toList();
  }

  /** Says what became of one. Should the disk not take it, the next process asks again. */
  synchronized void settle(Entry entry, Settled settled) {
    settled(entry, settled);
    CompletableFuture<Boolean> unused = journal().append(line(SETTLED, settled));
  }

  private void settled(Entry entry, Settled settled) {
    pending.remove(settled.key());
    entry.settled().complete(settled);
    if (entry.delivery().commit().isPresent()) {
      unreported.put(settled.key(), entry);
    }
  }

  /** Those that have their run, whose end was not told beside their commit yet. */
  synchronized List<Entry> unreported() {
    return List.copyOf(unreported.values());
  }

  /** The end of its run was told, or never can be. */
  synchronized void reported(Entry entry) {
    unreported.remove(entry.delivery().key());
    CompletableFuture<Boolean> unused = journal().append(line(REPORTED, entry.delivery().key()));
  }

  synchronized int waiting() {
    return pending.size();
  }

  /** Those that still wait, for their run or to be told of, are passed over. */
  private void forgetOld() {
    Iterator<Entry> oldest = entries.values().iterator();
    List<Entry> forgotten = new ArrayList<>();
    int left = entries.size();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      Delivery delivery = entry.delivery();
      if (left <= MOST_REMEMBERED
          && !delivery.acceptedAt().plus(REMEMBERED).isBefore(clock.instant())) {
        break;
      }
      if (entry.settled().isDone() && !unreported.containsKey(delivery.key())) {
        forgotten.add(entry);
        left--;
      }
    }
    forgotten.forEach(this::remove);
  }

  private synchronized List<JsonNode> lines() {
    List<JsonNode> lines = new ArrayList<>();
    for (Entry entry : entries.values()) {
      lines.add(line(ACCEPTED, entry.delivery()));
      if (entry.settled().isDone()) {
        lines.add(line(SETTLED, entry.settled().join()));
        if (entry.delivery().commit().isPresent()
            && !unreported.containsKey(entry.delivery().key())) {
          lines.add(line(REPORTED, entry.delivery().key()));
        }
      }
    }
    return lines;
  }

  private static JsonNode line(String field, Object value) {
    return Answer.object().set(field, Wire.tree(value));
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
