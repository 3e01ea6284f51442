package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;

/** Documents with one mistake in who may pass their gates. */
final class BadApprovers {
  private static final String GOOD =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: good}
      spec:
        database: shop
        changes:
          - dropTable: {table: coupons}
        contract: {approval: required}
        approvers: {names: [ada, grace], count: 2, validFor: 4h}
      """;

  private BadApprovers() {}

  static List<BadDocument> all() {
    Bad bad = new Bad(GOOD, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(GOOD, SeenBy.CHECKS);
    String path = "spec.approvers";
    return List.of(
        bad.replace("count: 2", "count: 0").gives("VALUE_WRONG " + path + ".count"),
        bad.replace("count: 2", "count: 11").gives("VALUE_WRONG " + path + ".count"),
        bad.replace("count: 2", "counts: 2").gives("FIELD_UNKNOWN " + path + ".counts"),
        bad.replace("validFor: 4h", "validFor: 4").gives("VALUE_WRONG " + path + ".validFor"),
        checked.replace("count: 2", "count: 3").gives("VALUE_WRONG " + path + ".count"),
        checked.replace("validFor: 4h", "validFor: 59s").gives("VALUE_WRONG " + path + ".validFor"),
        checked.replace("ada, grace", "ada, grace, ada").gives("NAME_TAKEN " + path + ".names[2]"),
        checked.replace("ada, grace", "ada, \"grace \"").gives("VALUE_WRONG " + path + ".names[1]"),
        checked.replace("approval: required", "revertWindow: 1h").gives("CHOICE_WRONG " + path));
  }
}
