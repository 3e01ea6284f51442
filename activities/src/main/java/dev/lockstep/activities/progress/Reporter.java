package dev.lockstep.activities.progress;

import dev.lockstep.workflows.contract.Progress;
import java.time.Duration;

/**
 * One activity's line to its run. Safe for use by several threads.
 *
 * <p>{@link #alive} and {@link #progress} throw {@link
 * io.temporal.client.ActivityCompletionException} as soon as the activity shall stop: it was
 * cancelled, or its worker shuts down. It goes through to the caller of the activity untouched.
 */
public interface Reporter {
  /** Which try of the activity this is, from 1. */
  int attempt();

  /**
   * How long the activity has been tried, all its attempts and the pauses between them together.
   */
  Duration elapsed();

  /**
   * Says that the activity lives; to be called at least once a second. Cheap: only some calls reach
   * the server.
   */
  void alive();

  /**
   * The same, and says how far the step is. Only some calls reach the run: the first one of a first
   * attempt, those with other reasons for waiting than the one before, and one from time to time.
   */
  void progress(Progress progress);

  /**
   * Says what must not be missed: why this attempt ends and is made again, or what was done to
   * others. Reaches the run however little time has passed since the call before; the next attempt
   * leaves it to be read for a moment.
   */
  void last(Progress progress);
}
