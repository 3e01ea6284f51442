package dev.lockstep.worker.schedules;

/**
 * What reconciliation does with one schedule.
 *
 * @param schedule its name
 * @param reason for people
 */
public record ScheduleChange(String schedule, Action action, String reason) {
  /** The possible acts. */
  public enum Action {
    /** It is new. */
    CREATE,
    /** Its definition is another than that of the service. */
    UPDATE,
    /** It stays as it is. */
    KEEP,
    /** Its definition is gone. */
    DELETE,
    /** Its id is taken by a schedule that Lockstep did not make, and which stays as it is. */
    CONFLICT
  }
}
