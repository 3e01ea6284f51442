package dev.lockstep.activities.postgres.schema;

import java.time.Duration;
import java.util.Optional;

/**
 * A session that stands in a step's way, with all that decides whether it may be ended.
 *
 * @param named whether its application name is one of those asked for
 * @param mayEnd whether the server lets our role end it
 */
record Blocker(Identity identity, Doing doing, Holding holding, boolean named, boolean mayEnd) {
  /**
   * Who it is.
   *
   * @param transaction tells its transaction from every other one: process, start of the session,
   *     start of the transaction
   * @param moment changes with everything that the session does
   * @param kind as {@code pg_stat_activity.backend_type}; empty where our role may not see it
   */
  record Identity(
      int pid, String transaction, String moment, String application, String user, String kind) {}

  /**
   * What it does.
   *
   * @param state as {@code pg_stat_activity.state}; empty where our role may not see it, and then
   *     the rest says nothing
   * @param wrote whether its transaction has an id: the server gives one at the first write
   * @param age of its transaction
   * @param unchanged since when it is in this state
   * @param worked from the start of its transaction until it came into this state
   * @param guards whether its last statement locked tables, copied, or exported its snapshot
   */
  record Doing(
      String state,
      boolean wrote,
      Duration age,
      Duration unchanged,
      Duration worked,
      boolean guards) {
    boolean idle() {
      return state.startsWith("idle in transaction");
    }

    boolean running() {
      return state.equals("active") || state.equals("fastpath function call");
    }
  }

  /**
   * What it has.
   *
   * @param strongLock a lock that no query and no change of rows takes, with its table
   * @param tables tables of users that it has locks on
   * @param advisory whether it has an advisory lock
   */
  record Holding(Optional<String> strongLock, long tables, boolean advisory) {}

  @Override
  public String toString() {
    String name = identity.application().isEmpty() ? "no application_name" : identity.application();
    Duration since = doing.idle() ? doing.unchanged() : doing.age();
    return "pid %s (%s, %s, %s for %s)"
        .formatted(identity.pid(), name, identity.user(), doing.state(), DurationText.of(since));
  }
}
