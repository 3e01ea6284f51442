package dev.lockstep.workflows.api;

import java.util.Locale;

/**
 * The input of a {@link ScheduledWorkflow}.
 *
 * @param kind a workflow type, such as {@code Backup}
 * @param name of the definition
 * @param apart whether each run has an id of its own, so that several go on side by side
 * @param origin what made the schedule; for the workflow itself without meaning
 */
public record ScheduledRequest(String kind, String name, boolean apart, Origin origin) {
  /**
   * The definition of the schedule as it was when the service got it.
   *
   * @param schedule its name
   * @param digest of the definition
   * @param paused whether the definition said so
   * @param knownMissed how many missed runs somebody has taken note of
   * @param knownSkipped the same of those that an overlap left out
   */
  public record Origin(
      String schedule, String digest, boolean paused, long knownMissed, long knownSkipped) {
    /** The same after somebody took note. */
    public Origin knowing(long missed, long skipped) {
      return new Origin(schedule, digest, paused, missed, skipped);
    }
  }

  /** The id of the run of that definition that every door uses. */
  public String run() {
    return kind.toLowerCase(Locale.ROOT) + "/" + name;
  }

  /** The same of another origin. */
  public ScheduledRequest of(Origin other) {
    return new ScheduledRequest(kind, name, apart, other);
  }
}
