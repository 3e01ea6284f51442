package dev.lockstep.worker.server;

import dev.lockstep.workflows.wire.Wire;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;

/** One line for each order that somebody gave to a run, also for those that were refused. */
record Audit(PrintStream lines, Clock clock) {
  /**
   * A line.
   *
   * @param who the name of the token; empty: no known one
   */
  record Line(
      Instant time, String who, String action, String run, String outcome, String message) {}

  void write(String who, String action, String run, Told told) {
    Line line = new Line(clock.instant(), who, action, run, told.outcome(), told.message());
    synchronized (lines) {
      lines.println(Wire.tree(line));
      lines.flush();
    }
  }

  /** What became of it. */
  record Told(String outcome, String message) {}
}
