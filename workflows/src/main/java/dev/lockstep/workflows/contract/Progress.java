package dev.lockstep.workflows.contract;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a long step is; sent by its activity as a signal, more rarely the longer it runs.
 *
 * @param done rows, bytes or pods so far
 * @param total of the same; 0 where not known
 * @param perSecond recent rate
 * @param remaining estimate
 * @param waitingFor every reason why it does not go on at full speed, for people; empty: none
 * @param readings what was measured last, by its name: milliseconds, but {@link #BATCH_ROWS}
 */
public record Progress(
    String step,
    long done,
    long total,
    double perSecond,
    Optional<Duration> remaining,
    List<String> waitingFor,
    SortedMap<String, Long> readings) {
  /** The reading that counts rows. */
  public static final String BATCH_ROWS = "rows of a batch";

  /** Those of earlier versions have no readings. */
  public Progress {
    waitingFor = List.copyOf(waitingFor);
    readings =
        Collections.unmodifiableSortedMap(
            Objects.requireNonNullElseGet(readings, () -> new TreeMap<String, Long>()));
  }

  /** Without readings. */
  public Progress(
      String step,
      long done,
      long total,
      double perSecond,
      Optional<Duration> remaining,
      List<String> waitingFor) {
    this(step, done, total, perSecond, remaining, waitingFor, new TreeMap<>());
  }

  /** The same with these readings. */
  public Progress with(SortedMap<String, Long> measured) {
    return new Progress(step, done, total, perSecond, remaining, waitingFor, measured);
  }
}
