package dev.lockstep.worker.schedules;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A schedule as it stands.
 *
 * @param run what it starts, such as {@code backup/shop-nightly}, which is the run's workflow id
 * @param note why it is paused
 * @param next times, the nearest first; none where it is paused
 * @param last runs, the newest first
 * @param running how many starts are under way
 * @param missed times that nobody took note of and that nothing could start within {@code catchUp}
 * @param skipped the same for times that found the run before still under way
 */
public record ScheduleRow(
    String schedule,
    String run,
    boolean paused,
    Optional<String> note,
    List<Instant> next,
    List<Run> last,
    int running,
    long started,
    long missed,
    long skipped) {
  public ScheduleRow {
    next = List.copyOf(next);
    last = List.copyOf(last);
  }

  /**
   * One start.
   *
   * @param due without jitter
   * @param state that of the run, or a word for what became of the start
   */
  public record Run(Instant due, Instant started, String state) {}
}
