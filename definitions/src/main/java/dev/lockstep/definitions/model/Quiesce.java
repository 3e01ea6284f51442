package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What stands still while a backup is taken: first the workloads are stopped, then a command is run
 * in the pod; afterwards the other way round.
 *
 * @param scale workloads that are scaled to no pod, and back
 * @param exec commands that freeze and thaw
 * @param timeout of each single stop, start, freeze and thaw
 * @param atMost how long the dump itself may take meanwhile; then it is given up, and all is thawed
 */
public record Quiesce(
    List<WorkloadReference> scale, Optional<Exec> exec, Duration timeout, Duration atMost) {
  /** Long enough for pods that end in their usual grace of 30 s, and for a checkpoint. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

  /** Nobody wants to find in the morning what was to stand still for a moment of the night. */
  public static final Duration DEFAULT_AT_MOST = Duration.ofHours(1);

  public Quiesce {
    scale = List.copyOf(scale);
  }

  /**
   * Commands in a ready pod, each a program with its arguments, without a shell. Both have to be
   * safe to be run again, and {@code thaw} where {@code freeze} was cut off.
   *
   * @param pod where they run; both in the same one as long as it is ready
   */
  public record Exec(Dump.Pod pod, List<String> freeze, List<String> thaw) {
    public Exec {
      freeze = List.copyOf(freeze);
      thaw = List.copyOf(thaw);
    }
  }
}
