package dev.lockstep.worker.server;

import dev.lockstep.definitions.model.SecretReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Values of secrets, kept for a moment: a Secret of the cluster is not asked for each delivery. */
final class SecretValues implements Function<SecretReference, String> {
  /** A rotated secret counts after this time. */
  private static final Duration KEPT = Duration.ofSeconds(10);

  private final Map<SecretReference, Value> values = new ConcurrentHashMap<>();
  private final Function<SecretReference, String> reader;
  private final Clock clock;

  SecretValues(Function<SecretReference, String> reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  private record Value(String text, Instant readAt) {
    /** What is secret stays so in whatever is printed. */
    @Override
    public String toString() {
      return "a secret, read at " + readAt;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws SecretMissingException where there is none, or an empty one: with that anybody could
   *     sign
   */
  @Override
  public String apply(SecretReference reference) {
    Value known = values.get(reference);
    if (known != null && known.readAt().plus(KEPT).isAfter(clock.instant())) {
      return known.text();
    }
    String text = read(reference);
    values.put(reference, new Value(text, clock.instant()));
    return text;
  }

  private String read(SecretReference reference) {
    String text;
    try {
      text = reader.apply(reference);
    } catch (RuntimeException e) {
      throw new SecretMissingException(String.valueOf(e.getMessage()));
    }
    if (text.isBlank()) {
      throw new SecretMissingException(reference + " is empty");
    }
    return text;
  }
}
