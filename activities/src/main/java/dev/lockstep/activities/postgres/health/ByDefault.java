package dev.lockstep.activities.postgres.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A signal that nobody asked for. It can never hold a run for ever: what the role may not read is
 * left out for good, and a concern that lasts holds for {@link #PATIENCE} only, until it was gone
 * once. Both are told once in the log.
 */
final class ByDefault implements HealthSignal {
  /** Most troubles of a database are over by then, or have somebody who works on them. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(ByDefault.class);

  private final HealthSignal signal;
  private final LongSupplier nanoClock;
  private OptionalLong since = OptionalLong.empty();
  private boolean hidden;
  private boolean told;

  ByDefault(HealthSignal signal, LongSupplier nanoClock) {
    this.signal = signal;
    this.nanoClock = nanoClock;
  }

  @Override
  public String name() {
    return signal.name();
  }

  @Override
  public Optional<String> concern(Handle handle) {
    return hidden ? Optional.empty() : patient(read(handle));
  }

  @Override
  public Map<String, Long> readings() {
    return signal.readings();
  }

  @Override
  public Optional<String> unreachable(String reason) {
    return hidden ? Optional.empty() : patient(Optional.of(reason));
  }

  private Optional<String> read(Handle handle) {
    try {
      return signal.concern(handle);
    } catch (UnreadableException e) {
      if (e.reason() == UnreadableException.Reason.HIDDEN) {
        hidden = true;
        LOG.warn("{}; the run goes on without looking at it", e.sentence());
        return Optional.empty();
      }
      return Optional.of(e.sentence());
    }
  }

  private Optional<String> patient(Optional<String> concern) {
    if (concern.isEmpty()) {
      since = OptionalLong.empty();
      told = false;
      return concern;
    }
    long now = nanoClock.getAsLong();
    since = OptionalLong.of(since.orElse(now));
    if (now - since.getAsLong() < PATIENCE.toNanos()) {
      return concern;
    }
    if (!told) {
      told = true;
      LOG.warn(
          "{}, for {} min now; nobody asked to wait for it, so the run goes on",
          concern.get(),
          PATIENCE.toMinutes());
    }
    return Optional.empty();
  }
}
