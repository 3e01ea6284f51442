package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.BlockerTermination.Sessions;
import java.time.Duration;

/** The fields of {@code limits.terminateBlockers}. */
final class BlockersTable {
  private BlockersTable() {}

  static Shape<BlockerTermination> termination() {
    ObjectShape.Builder<BlockerTermination> of =
        ObjectShape.of(
            "TerminateBlockers",
            "Sessions of others that may be ended when they keep a schema step from its lock. Left"
                + " out: none is.");
    Field<BlockerTermination, Sessions> sessions =
        of.defaulting(
            "sessions",
            WordShape.of(Sessions.class)
                .described(
                    "Those idle in an open transaction; or also those at work on a query, which is"
                        + " cancelled first; or none until `tune` says otherwise."),
            Sessions.IDLE,
            BlockerTermination::sessions);
    Field<BlockerTermination, Duration> after =
        of.defaulting(
            "after",
            ParsedShape.duration()
                .described(
                    "How long the session must have been idle, or its transaction old, and the step"
                        + " have waited."),
            BlockerTermination.DEFAULT_AFTER,
            BlockerTermination::after);
    Field<BlockerTermination, String> pattern =
        of.optional(
            "applicationName",
            TextShape.of("a LIKE pattern such as \"shop-web/%\"")
                .described(
                    "LIKE pattern of application_name: no session of another name is ended."),
            BlockerTermination::applicationName);
    return of.made(
        in -> new BlockerTermination(in.the(sessions), in.the(after), in.maybe(pattern)));
  }
}
