package dev.lockstep.deploy.bench.rivals;

import java.time.Duration;
import java.time.Instant;

/** From one moment to another. */
record Span(Instant start, Instant end) {
  /** From then until now. */
  static Span since(Instant start) {
    return new Span(start, Instant.now());
  }

  /** The shortest that holds both. */
  Span with(Span other) {
    return new Span(
        start.isBefore(other.start) ? start : other.start,
        end.isAfter(other.end) ? end : other.end);
  }

  boolean holds(Instant moment) {
    return !moment.isBefore(start) && moment.isBefore(end);
  }

  double seconds() {
    return Duration.between(start, end).toNanos() / 1e9;
  }
}
