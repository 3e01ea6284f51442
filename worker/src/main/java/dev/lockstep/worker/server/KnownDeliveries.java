package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.worker.server.Delivery.Settled;
import dev.lockstep.worker.server.DeliveryBook.Entry;
import dev.lockstep.workflows.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What a {@link DeliveryBook} knows, and its form as lines. Not for several threads. */
final class KnownDeliveries {
  /** GitHub sends again what is up to three days old; whoever replays has as long as he likes. */
  static final Duration REMEMBERED = Duration.ofDays(7);

  /** About 100 MB. */
  static final int MOST_REMEMBERED = 200_000;

  private static final String ACCEPTED = "accepted";
  private static final String SETTLED = "settled";
  private static final String REPORTED = "reported";

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Entry> bound = new LinkedHashMap<>();
  private final Map<String, Entry> pending = new LinkedHashMap<>();
  private final Map<String, Entry> unreported = new LinkedHashMap<>();

  /** Takes over a line of an earlier process. */
  void recover(JsonNode line) {
    if (line.has(ACCEPTED)) {
      Entry entry = Entry.of(Wire.read(line.path(ACCEPTED), Delivery.class), true);
      entry.kept().complete(true);
      enter(entry);
    } else if (line.has(SETTLED)) {
      Settled settled = Wire.read(line.path(SETTLED), Settled.class);
      Optional.ofNullable(entries.get(settled.key()))
          .ifPresent(
              entry -> {
                settle(entry);
                entry.settled().complete(settled);
              });
    } else {
      unreported.remove(line.path(REPORTED).asText());
    }
  }

  Optional<Entry> find(Delivery delivery) {
    return Optional.ofNullable(entries.get(delivery.key()))
        .or(() -> delivery.bound().map(bound::get));
  }

  void enter(Entry entry) {
    Delivery delivery = entry.delivery();
    entries.put(delivery.key(), entry);
    delivery.bound().ifPresent(key -> bound.put(key, entry));
    pending.put(delivery.key(), entry);
  }

  void remove(Entry entry) {
    Delivery delivery = entry.delivery();
    entries.remove(delivery.key(), entry);
    pending.remove(delivery.key(), entry);
    delivery.bound().ifPresent(key -> bound.remove(key, entry));
  }

  /** It does not wait any more, and is to be told of beside its commit. */
  void settle(Entry entry) {
    Delivery delivery = entry.delivery();
    pending.remove(delivery.key());
    if (delivery.commit().isPresent()) {
      unreported.put(delivery.key(), entry);
    }
  }

  void reported(Entry entry) {
    unreported.remove(entry.delivery().key());
  }

  int waiting() {
    return pending.size();
  }

  /** Those that wait, are on the disk and are wanted, oldest first. */
  List<Entry> ready(int most, Predicate<Entry> wanted) {
    return pending.values().stream()
        .filter(wanted)
        .filter(entry -> entry.recovered() || entry.kept().isDone())
        .limit(most)
        .toList();
  }

  /** Those that have their run, whose end was not told beside their commit yet. */
  List<Entry> unreported() {
    return unreported.values().stream().filter(entry -> entry.settled().isDone()).toList();
  }

  /** Those that still wait, for their run or to be told of, are passed over. */
  void forgetOld(Instant now) {
    Iterator<Entry> oldest = entries.values().iterator();
    List<Entry> forgotten = new ArrayList<>();
    int left = entries.size();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      Delivery delivery = entry.delivery();
      if (left <= MOST_REMEMBERED && !delivery.acceptedAt().plus(REMEMBERED).isBefore(now)) {
        break;
      }
      if (entry.settled().isDone() && !unreported.containsKey(delivery.key())) {
        forgotten.add(entry);
        left--;
      }
    }
    forgotten.forEach(this::remove);
  }

  /** Everything that still says something. */
  List<JsonNode> lines() {
    List<JsonNode> lines = new ArrayList<>();
    for (Entry entry : entries.values()) {
      lines.add(accepted(entry.delivery()));
      if (entry.settled().isDone()) {
        lines.add(settled(entry.settled().join()));
        if (entry.delivery().commit().isPresent()
            && !unreported.containsKey(entry.delivery().key())) {
          lines.add(told(entry));
        }
      }
    }
    return lines;
  }

  static JsonNode accepted(Delivery delivery) {
    return line(ACCEPTED, delivery);
  }

  static JsonNode settled(Settled settled) {
    return line(SETTLED, settled);
  }

  static JsonNode told(Entry entry) {
    return line(REPORTED, entry.delivery().key());
  }

  private static JsonNode line(String field, Object value) {
    return Answer.object().set(field, Wire.tree(value));
  }
}
