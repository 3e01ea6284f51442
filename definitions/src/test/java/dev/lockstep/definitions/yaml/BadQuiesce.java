package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;
import java.util.stream.Stream;

/** Documents with one mistake in what stands still for a backup. */
final class BadQuiesce {
  static final String GOOD =
      """
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: good-quiet}
      spec:
        database: shop
        store: safe
        method: dump
        quiesce:
          scale:
            - {kind: Deployment, namespace: shop, name: web}
            - {kind: Deployment, namespace: shop, name: worker}
          exec:
            pod: {namespace: store, statefulSet: postgres, container: db}
            freeze: [sync, -f]
            thaw: ["true"]
          timeout: 2m
          atMost: 15m
      """;

  private BadQuiesce() {}

  static List<BadDocument> all() {
    return Stream.of(ofFields(), ofMeaning()).flatMap(List::stream).toList();
  }

  private static List<BadDocument> ofFields() {
    Bad bad = new Bad(GOOD, SeenBy.READER_AND_SCHEMA);
    return List.of(
        bad.replace("{kind: Deployment, namespace: shop, name: web}", "web")
            .gives("VALUE_WRONG spec.quiesce.scale[0]"),
        bad.replace("freeze: [sync, -f]", "freeze: sync -f")
            .gives("VALUE_WRONG spec.quiesce.exec.freeze"),
        bad.replace("[sync, -f]", "[\" \", -f]").gives("VALUE_WRONG spec.quiesce.exec.freeze[0]"),
        bad.replace("thaw: [\"true\"]", "thaw: []").gives("VALUE_WRONG spec.quiesce.exec.thaw"),
        bad.replace("      thaw: [\"true\"]\n", "").gives("FIELD_MISSING spec.quiesce.exec.thaw"),
        bad.replace("      freeze: [sync, -f]\n", "")
            .gives("FIELD_MISSING spec.quiesce.exec.freeze"),
        bad.replace("statefulSet: postgres, ", "")
            .gives("FIELD_MISSING spec.quiesce.exec.pod.statefulSet"),
        bad.replace("timeout: 2m", "timeout: 2").gives("VALUE_WRONG spec.quiesce.timeout"),
        bad.replace("atMost:", "atLeast:").gives("FIELD_UNKNOWN spec.quiesce.atLeast"));
  }

  private static List<BadDocument> ofMeaning() {
    Bad bad = new Bad(GOOD, SeenBy.CHECKS);
    Bad hinted = new Bad(GOOD, SeenBy.CHECKS_AND_SCHEMA);
    String all = GOOD.substring(GOOD.indexOf("    scale:"), GOOD.indexOf("    timeout:"));
    return List.of(
        bad.replace(all, "").gives("CHOICE_WRONG spec.quiesce"),
        bad.replace("name: worker", "name: web").gives("VALUE_WRONG spec.quiesce.scale[1]"),
        bad.replace("timeout: 2m", "timeout: 2h").gives("VALUE_WRONG spec.quiesce.timeout"),
        bad.replace("timeout: 2m", "timeout: 1ms").gives("VALUE_WRONG spec.quiesce.timeout"),
        bad.replace("atMost: 15m", "atMost: 8d").gives("VALUE_WRONG spec.quiesce.atMost"),
        hinted
            .replace("shop, name: web", "Shop, name: web")
            .gives("VALUE_WRONG spec.quiesce.scale[0].namespace"),
        hinted.replace("name: worker", "name: w_r").gives("VALUE_WRONG spec.quiesce.scale[1].name"),
        hinted
            .replace("namespace: store", "namespace: Store")
            .gives("VALUE_WRONG spec.quiesce.exec.pod.namespace"),
        hinted
            .replace("statefulSet: postgres", "statefulSet: pg_0")
            .gives("VALUE_WRONG spec.quiesce.exec.pod.statefulSet"),
        hinted
            .replace("container: db", "container: -")
            .gives("VALUE_WRONG spec.quiesce.exec.pod.container"));
  }
}
