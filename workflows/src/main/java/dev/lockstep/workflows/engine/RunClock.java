package dev.lockstep.workflows.engine;

import io.temporal.workflow.Workflow;
import java.time.Instant;

/** The time of the run: that of the task which its history holds, so that a replay sees it too. */
final class RunClock {
  private RunClock() {}

  static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
