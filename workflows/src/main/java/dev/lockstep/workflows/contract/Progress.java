package dev.lockstep.workflows.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a long step is; sent by its activity as a signal, more rarely the longer it runs.
 *
 * @param done rows, bytes or pods so far
 * @param total of the same; 0 where not known
 * @param perSecond recent rate
 * @param remaining estimate
 * @param waitingFor every reason why it does not go on at full speed, for people; empty: none
 */
public record Progress(
    String step,
    long done,
    long total,
    double perSecond,
    Optional<Duration> remaining,
    List<String> waitingFor) {
  public Progress {
    waitingFor = List.copyOf(waitingFor);
  }
}
