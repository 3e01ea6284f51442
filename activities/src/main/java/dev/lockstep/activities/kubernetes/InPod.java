package dev.lockstep.activities.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs commands in pods. */
@FunctionalInterface
interface InPod {
  /**
   * Runs one to its end.
   *
   * @param alive called at least once a second; what it throws ends the wait
   * @return why it failed, with its last words; empty: it ended with status 0 in time
   */
  Optional<String> run(PodName pod, List<String> command, Duration limit, Runnable alive);
}
