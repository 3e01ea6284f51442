package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;

/** Documents with one mistake in a drill. */
final class BadDrill {
  static final String SCRATCH =
      """
      apiVersion: lockstep.dev/v1
      kind: Drill
      metadata: {name: good-scratch}
      spec:
        of: of-cluster
        which: latest
        into: {scratch: {namespace: shop, like: postgres, ttl: 2h}}
        checks: [{name: some, query: select 1, expect: "= 1"}]
        objectives: {rto: 15m, rpo: 24h}
        evidence: {signingKey: {file: /etc/key.pem}}
      """;

  static final String EXISTING =
      """
      apiVersion: lockstep.dev/v1
      kind: Drill
      metadata: {name: good-existing}
      spec: {of: of-shop, into: {database: copy}}
      """;

  private BadDrill() {}

  static List<BadDocument> all() {
    Bad bad = new Bad(SCRATCH, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(SCRATCH, SeenBy.CHECKS);
    Bad hinted = new Bad(SCRATCH, SeenBy.CHECKS_AND_SCHEMA);
    Bad existing = new Bad(EXISTING, SeenBy.CHECKS);
    String scratch = "spec.into.scratch.";
    return List.of(
        bad.replace("  of: of-cluster\n", "").gives("FIELD_MISSING spec.of"),
        bad.replace("which: latest", "which: random").gives("VALUE_WRONG spec.which"),
        bad.replace("like: postgres, ", "").gives("FIELD_MISSING " + scratch + "like"),
        bad.replace("2h", "2").gives("VALUE_WRONG " + scratch + "ttl"),
        bad.replace("2h}", "2h}, database: copy").gives("CHOICE_WRONG spec.into"),
        bad.replace("{rto: 15m, rpo: 24h}", "{}").gives("CHOICE_WRONG spec.objectives"),
        bad.replace("rto: 15m", "rto: 15").gives("VALUE_WRONG spec.objectives.rto"),
        bad.replace("{file: /etc/key.pem}", "hunter2")
            .gives("VALUE_WRONG spec.evidence.signingKey"),
        bad.replace("{signingKey: {file: /etc/key.pem}}", "{}")
            .gives("FIELD_MISSING spec.evidence.signingKey"),
        checked.replace("of-cluster", "cluster").gives("REFERENCE_UNKNOWN spec.of"),
        checked.replace("of-cluster", "of-shop").gives("CHOICE_WRONG spec.into.scratch"),
        checked.replace("2h", "59s").gives("VALUE_WRONG " + scratch + "ttl"),
        checked.replace("2h", "8d").gives("VALUE_WRONG " + scratch + "ttl"),
        checked
            .replace("like: postgres", "like: " + "p".repeat(53))
            .gives("VALUE_WRONG " + scratch + "like"),
        checked.replace("15m", "0s").gives("VALUE_WRONG spec.objectives.rto"),
        checked.replace("24h", "0s").gives("VALUE_WRONG spec.objectives.rpo"),
        checked.replace("select 1", "select 1;").gives("VALUE_WRONG spec.checks[0].query"),
        hinted
            .replace("namespace: shop", "namespace: a.b")
            .gives("VALUE_WRONG " + scratch + "namespace"),
        existing
            .replace("database: copy", "database: other")
            .gives("REFERENCE_UNKNOWN spec.into.database"),
        existing
            .replace("database: copy", "database: ledger")
            .gives("VALUE_WRONG spec.into.database"),
        existing
            .replace("database: copy", "database: shop")
            .gives("CHOICE_WRONG spec.into.database"),
        existing.replace("of: of-shop", "of: of-server").gives("CHOICE_WRONG spec.into.database"),
        existing
            .replace("database: copy", "database: alias")
            .gives("CHOICE_WRONG spec.into.database"),
        new Bad(EXISTING, SeenBy.CHECKS_AND_SCHEMA)
            .replace("{of: of-shop", "{which: {id: newest}, of: of-shop")
            .gives("VALUE_WRONG spec.which.id"));
  }
}
