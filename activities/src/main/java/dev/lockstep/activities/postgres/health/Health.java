package dev.lockstep.activities.postgres.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Every reason why the work has to wait. One thread looks, all others read. What cannot be read,
 * what was read too long ago and what was never read is a reason to wait.
 */
public final class Health {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Longer than a look takes on a busy server, and short against the harm of working blindly. */
  private static final Duration STALE = Duration.ofSeconds(15);

  private static final String NO_CONNECTION =
      "health of the database cannot be read: no connection";

  private final List<HealthSignal> signals;
  private final LongSupplier nanoClock;
  private volatile Seen last;

  private record Seen(long nanos, List<String> concerns, SortedMap<String, Long> readings) {}

  /** Of these signals; nothing was looked at yet. */
  public Health(List<HealthSignal> signals, LongSupplier nanoClock) {
    this.signals = List.copyOf(signals);
    this.nanoClock = nanoClock;
    this.last =
        new Seen(
            nanoClock.getAsLong() - INTERVAL.toNanos(),
            List.of("health of the database is being looked at"),
            new TreeMap<>());
  }

  /** Whether there is anything to look at. */
  public boolean hasSignals() {
    return !signals.isEmpty();
  }

  /** Looks at every signal, where the last look is a second old. */
  public synchronized void look(Jdbi jdbi) {
    if (hasSignals() && age().compareTo(INTERVAL) >= 0) {
      SortedMap<String, Long> readings = new TreeMap<>();
      List<String> concerns = read(jdbi, readings);
      last = new Seen(nanoClock.getAsLong(), concerns, Collections.unmodifiableSortedMap(readings));
    }
  }

  private List<String> read(Jdbi jdbi, SortedMap<String, Long> readings) {
    try (Handle handle = jdbi.open()) {
      List<String> concerns =
          signals.stream().flatMap(signal -> concern(signal, handle).stream()).toList();
      signals.forEach(signal -> readings.putAll(signal.readings()));
      return concerns;
    } catch (RuntimeException e) {
      return signals.stream()
          .flatMap(signal -> signal.unreachable(NO_CONNECTION).stream())
          .distinct()
          .toList();
    }
  }

  /** What the last look measured, in milliseconds by its name; empty: that was too long ago. */
  public SortedMap<String, Long> readings() {
    Seen seen = last;
    return isStale() ? new TreeMap<>() : seen.readings();
  }

  /** Why to wait; empty: no reason. */
  public List<String> concerns() {
    if (!hasSignals()) {
      return List.of();
    }
    Seen seen = last;
    if (!isStale()) {
      return seen.concerns();
    }
    List<String> all = new ArrayList<>(seen.concerns());
    all.add("health of the database was last read " + age().toSeconds() + " s ago");
    return List.copyOf(all);
  }

  private static Optional<String> concern(HealthSignal signal, Handle handle) {
    try {
      return signal.concern(handle);
    } catch (UnreadableException e) {
      return Optional.of(e.sentence());
    } catch (RuntimeException e) {
      return Optional.of(Look.unreadable(signal.name(), e).sentence());
    }
  }

  private boolean isStale() {
    return age().compareTo(STALE) >= 0;
  }

  private Duration age() {
    return Duration.ofNanos(nanoClock.getAsLong() - last.nanos());
  }
}
