package dev.lockstep.activities.dump.place;

import dev.lockstep.activities.kubernetes.PodPrograms;
import dev.lockstep.activities.kubernetes.ToolJob;

/**
 * A Job's pod, which does nothing but live; programs run in it by exec. Its logs would not do: they
 * join standard output and error, and kubelet cuts, rotates and stamps their lines, so that binary
 * data does not come through whole.
 */
public final class JobPlace implements Place {
  private final ToolJob job;
  private final PodPlace pod;

  /** Makes the Job, or takes the one that an earlier attempt made, and waits for its pod. */
  public JobPlace(PodPrograms programs, ToolJob job, Runnable alive) {
    this.job = job;
    this.pod = new PodPlace(programs, job.begin(alive));
  }

  @Override
  public String name() {
    return pod.name();
  }

  @Override
  public Running start(Program program) {
    return pod.start(program);
  }

  /** Removes the Job with its pod. */
  @Override
  public void close() {
    job.remove();
  }
}
