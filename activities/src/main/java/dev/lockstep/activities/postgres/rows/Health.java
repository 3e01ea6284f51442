package dev.lockstep.activities.postgres.rows;

import dev.lockstep.definitions.model.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Every reason why the work has to wait. One thread looks, all others read. What cannot be read,
 * and what was read too long ago, is a reason to wait.
 */
final class Health {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Longer than a look takes on a busy server, and short against the harm of working blindly. */
  private static final Duration STALE = Duration.ofSeconds(15);

  private final List<HealthSignal> signals;
  private final Limits limits;
  private final LongSupplier nanoClock;
  private volatile Look last;

  private record Look(long nanos, List<String> concerns) {}

  Health(List<HealthSignal> signals, Limits limits, LongSupplier nanoClock) {
    this.signals = List.copyOf(signals);
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.last = new Look(nanoClock.getAsLong() - INTERVAL.toNanos(), List.of());
  }

  /** Looks at every signal, where the last look is a second old. */
  void look(Jdbi jdbi) {
    if (!signals.isEmpty() && age().compareTo(INTERVAL) >= 0) {
      List<String> concerns = new ArrayList<>();
      try {
        jdbi.useHandle(handle -> signals.forEach(s -> concern(s, handle).ifPresent(concerns::add)));
      } catch (RuntimeException e) {
        concerns.add("health of the database cannot be read: no connection");
      }
      last = new Look(nanoClock.getAsLong(), List.copyOf(concerns));
    }
  }

  /** Why to wait; empty: no reason. */
  List<String> concerns() {
    Look look = last;
    if (signals.isEmpty() || age().compareTo(STALE) < 0) {
      return look.concerns();
    }
    List<String> all = new ArrayList<>(look.concerns());
    all.add("health of the database was last read " + age().toSeconds() + " s ago");
    return List.copyOf(all);
  }

  private Optional<String> concern(HealthSignal signal, Handle handle) {
    try {
      return signal.concern(handle, limits);
    } catch (RuntimeException e) {
      return Optional.of(signal.name() + " cannot be read");
    }
  }

  private Duration age() {
    return Duration.ofNanos(nanoClock.getAsLong() - last.nanos());
  }
}
