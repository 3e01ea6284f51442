package dev.lockstep.worker.schedules;

import dev.lockstep.definitions.model.Schedule;
import java.time.Instant;
import java.util.Optional;

/** Starts the runs of schedules on some engine. */
public interface RunStarts {
  /** Starts the run of a time, or finds the one that is under way. */
  Started start(Schedule schedule, Instant due);

  /** A run that was started. */
  interface Started {
    /** How it ended, in small letters; empty: it has not. */
    Optional<String> ended();

    /** Asks it to undo itself and end. */
    void cancel();
  }
}
