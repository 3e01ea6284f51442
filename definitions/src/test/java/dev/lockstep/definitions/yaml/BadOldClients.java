package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;

/** Documents with one mistake in how old clients are told. */
final class BadOldClients {
  private static final String GOOD =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: good}
      spec:
        database: shop
        changes:
          - dropTable: {table: coupons}
        rollouts:
          - after: expand
            workload: {kind: Deployment, namespace: shop, name: web}
            containers: {web: {image: "shop-web:2"}}
        contract:
          oldClients: {applicationName: web/1%, user: shop, connectedBefore: rolloutEnd}
      """;

  private BadOldClients() {}

  static List<BadDocument> all() {
    Bad bad = new Bad(GOOD, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(GOOD, SeenBy.CHECKS);
    String old = "spec.contract.oldClients";
    return List.of(
        bad.replace("{applicationName: web/1%, user: shop, connectedBefore: rolloutEnd}", "{}")
            .gives("CHOICE_WRONG " + old),
        bad.replace("rolloutEnd", "rollout").gives("VALUE_WRONG " + old + ".connectedBefore"),
        bad.replace("user: shop", "user: ''").gives("VALUE_WRONG " + old + ".user"),
        bad.replace("user:", "role:").gives("FIELD_UNKNOWN " + old + ".role"),
        checked.replace("user: shop", "user: 'shop\\'").gives("VALUE_WRONG " + old + ".user"),
        checked.replace("web/1%", "'web\\'").gives("VALUE_WRONG " + old + ".applicationName"),
        checked
            .replace(
                """
                  rollouts:
                    - after: expand
                      workload: {kind: Deployment, namespace: shop, name: web}
                      containers: {web: {image: "shop-web:2"}}
                """,
                "")
            .gives("CHOICE_WRONG " + old + ".connectedBefore"));
  }
}
