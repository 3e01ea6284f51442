package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;

/** Documents with one mistake in how old names are hidden on trial. */
final class BadTrial {
  private static final String GOOD =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: good}
      spec:
        database: shop
        changes:
          - dropTable: {table: coupons}
        contract:
          trial:
            duration: 60s
            before: 20s
            maxRollbacks: 5
            signals: [{name: errors, query: SELECT 1, max: 3}]
      """;

  private static final String STEPS =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: good}
      spec:
        database: shop
        steps:
          - approve: {gate: look}
          - dropTable: {table: coupons}
        contract: {trial: {}}
      """;

  private BadTrial() {}

  static List<BadDocument> all() {
    Bad bad = new Bad(GOOD, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(GOOD, SeenBy.CHECKS);
    Bad steps = new Bad(STEPS, SeenBy.CHECKS);
    String trial = "spec.contract.trial";
    return List.of(
        bad.replace("duration: 60s", "duration: 60").gives("VALUE_WRONG " + trial + ".duration"),
        bad.replace("duration: 60s", "durations: 60s")
            .gives("FIELD_UNKNOWN " + trial + ".durations"),
        bad.replace("maxRollbacks: 5", "maxRollbacks: -1")
            .gives("VALUE_WRONG " + trial + ".maxRollbacks"),
        bad.replace("query: SELECT 1, ", "").gives("CHOICE_WRONG " + trial + ".signals[0]"),
        checked
            .replace("duration: 60s", "duration: 4s")
            .gives("VALUE_WRONG " + trial + ".duration"),
        checked
            .replace("duration: 60s", "duration: 25h")
            .gives("VALUE_WRONG " + trial + ".duration"),
        checked.replace("before: 20s", "before: 500ms").gives("VALUE_WRONG " + trial + ".before"),
        checked
            .replace("SELECT 1", "DELETE FROM t")
            .gives("VALUE_WRONG " + trial + ".signals[0].query"),
        steps
            .replace("gate: look", "gate: contract")
            .gives("NAME_TAKEN spec.steps[0].approve.gate"),
        steps.replace("gate: look", "gate: trial").gives("NAME_TAKEN spec.steps[0].approve.gate"));
  }
}
