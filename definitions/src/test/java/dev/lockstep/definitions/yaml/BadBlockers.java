package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;

/** Documents with one mistake in what is said of the sessions of others. */
final class BadBlockers {
  private static final String GOOD =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: good}
      spec:
        database: shop
        changes:
          - dropTable: {table: coupons}
        limits:
          terminateBlockers: {sessions: any, after: 30s, applicationName: web/%}
      """;

  private BadBlockers() {}

  static List<BadDocument> all() {
    Bad bad = new Bad(GOOD, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(GOOD, SeenBy.CHECKS);
    String blockers = "spec.limits.terminateBlockers";
    return List.of(
        bad.replace("{sessions: any, after: 30s, applicationName: web/%}", "true")
            .gives("VALUE_WRONG " + blockers),
        bad.replace("sessions: any", "sessions: all")
            .gives("VALUE_WRONG " + blockers + ".sessions"),
        bad.replace("30s", "30").gives("VALUE_WRONG " + blockers + ".after"),
        bad.replace("web/%", "''").gives("VALUE_WRONG " + blockers + ".applicationName"),
        bad.replace("after:", "since:").gives("FIELD_UNKNOWN " + blockers + ".since"),
        checked.replace("30s", "500ms").gives("VALUE_WRONG " + blockers + ".after"),
        checked.replace("30s", "3h").gives("VALUE_WRONG " + blockers + ".after"),
        checked.replace("web/%", "'web\\'").gives("VALUE_WRONG " + blockers + ".applicationName"));
  }
}
