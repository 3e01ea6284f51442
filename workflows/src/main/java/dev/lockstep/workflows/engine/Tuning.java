package dev.lockstep.workflows.engine;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.api.Control;
import java.util.Optional;
import java.util.stream.Stream;

/** From the limits in force and what a person wants changed to the new limits. */
final class Tuning {
  private Tuning() {}

  /** Whether nothing is to be changed. */
  static boolean isEmpty(Control.Tune tune) {
    return Stream.of(
            tune.lockTimeout(),
            tune.batchDuration(),
            tune.maxRowsPerSecond(),
            tune.maxReplicaLag(),
            tune.parallelism())
        .allMatch(Optional::isEmpty);
  }

  /** The new limits; what is absent stays. */
  static Limits of(Limits old, Control.Tune tune) {
    return new Limits(
        tune.lockTimeout().orElse(old.lockTimeout()),
        tune.batchDuration().orElse(old.batchDuration()),
        tune.maxRowsPerSecond().or(old::maxRowsPerSecond),
        tune.maxReplicaLag().or(old::maxReplicaLag),
        tune.parallelism().orElse(old.parallelism()));
  }
}
