package dev.lockstep.worker.demo;

import dev.lockstep.workflows.api.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** What was seen of the run from outside. Used by one thread. */
final class DemoWatch {
  private final Traffic traffic;
  private final TreeMap<Long, Long> backfilledBySecond = new TreeMap<>();
  private final TreeMap<Long, String> phaseBySecond = new TreeMap<>();
  private String phase = "before";
  private int kills;
  private long peakMemory;
  private Optional<Instant> killed = Optional.empty();
  private Optional<Duration> resumed = Optional.empty();
  private LedgerView.Backfill atKill = new LedgerView.Backfill(0, 0);
  private Optional<RunOutcome> outcome = Optional.empty();

  DemoWatch(Traffic traffic) {
    this.traffic = traffic;
    phaseBySecond.put(0L, phase);
  }

  /** Whether the phase is a new one. */
  boolean enter(String now) {
    if (now.equals(phase)) {
      return false;
    }
    phase = now;
    traffic.enter(now);
    phaseBySecond.put(second(), now);
    return true;
  }

  void look(LedgerView.Backfill backfill) {
    backfilledBySecond.put(second(), backfill.rows());
    if (resuming() && backfill.batches() > atKill.batches()) {
      resumed = Optional.of(Duration.between(killed.get(), Instant.now()));
    }
  }

  void killed(Instant when, LedgerView.Backfill committed) {
    kills++;
    killed = Optional.of(when);
    atKill = committed;
  }

  /** Whether no batch was committed since the kill. */
  boolean resuming() {
    return killed.isPresent() && resumed.isEmpty();
  }

  void memory(long bytes) {
    peakMemory = Math.max(peakMemory, bytes);
  }

  void ended(RunOutcome result) {
    outcome = Optional.of(result);
    enter("after");
  }

  int kills() {
    return kills;
  }

  long peakMemory() {
    return peakMemory;
  }

  /** Zero where no batch came after a kill. */
  Duration resumed() {
    return resumed.orElse(Duration.ZERO);
  }

  RunOutcome outcome() {
    return outcome.orElseThrow();
  }

  String phaseAt(long second) {
    return phaseBySecond.floorEntry(second).getValue();
  }

  long backfilledAt(long second) {
    return Optional.ofNullable(backfilledBySecond.floorEntry(second))
        .map(e -> e.getValue())
        .orElse(0L);
  }

  private long second() {
    return Duration.between(traffic.started(), Instant.now()).toSeconds();
  }
}
