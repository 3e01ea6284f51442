package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;
import java.util.stream.Stream;

/** Documents with one mistake in a restore. */
final class BadRestore {
  static final String EMPTY =
      """
      apiVersion: lockstep.dev/v1
      kind: Restore
      metadata: {name: good-empty}
      spec:
        from: {backup: of-shop, which: latestVerified}
        into: {database: copy}
        only: {tables: [public.orders]}
        checks:
          - {name: some, query: select count(*) from orders, expect: "> 0"}
          - {name: none, query: select count(*) from orders where amount < 0, expect: 0}
      """;

  static final String IN_PLACE =
      """
      apiVersion: lockstep.dev/v1
      kind: Restore
      metadata: {name: good-in-place}
      spec: {from: {backup: of-shop, which: {id: 20261126T020000Z}}, into: {database: shop}, inPlace: true}
      """;

  static final String NEW =
      """
      apiVersion: lockstep.dev/v1
      kind: Restore
      metadata: {name: good-new}
      spec:
        from: {backup: of-cluster, which: {before: 2026-11-01T00:00:00Z}}
        into: {statefulSet: {namespace: shop, name: postgres-new, like: postgres}}
        switch: {service: {namespace: shop, name: postgres}, keepOld: 24h}
      """;

  private BadRestore() {}

  static List<BadDocument> all() {
    return Stream.of(ofFields(), ofTarget(), ofSwitch(), ofChecks()).flatMap(List::stream).toList();
  }

  private static List<BadDocument> ofFields() {
    Bad bad = new Bad(EMPTY, SeenBy.READER_AND_SCHEMA);
    Bad place = new Bad(IN_PLACE, SeenBy.READER_AND_SCHEMA);
    Bad fresh = new Bad(NEW, SeenBy.READER_AND_SCHEMA);
    return List.of(
        bad.replace("{backup: of-shop, ", "{").gives("FIELD_MISSING spec.from.backup"),
        bad.replace("  into: {database: copy}\n", "").gives("FIELD_MISSING spec.into"),
        bad.replace("{database: copy}", "{operator: {}, database: copy}")
            .gives("FIELD_UNKNOWN spec.into.operator"),
        bad.replace("latestVerified", "newest").gives("VALUE_WRONG spec.from.which"),
        bad.replace("latestVerified", "5").gives("VALUE_WRONG spec.from.which"),
        bad.replace("latestVerified", "{}").gives("CHOICE_WRONG spec.from.which"),
        place
            .replace(
                "{id: 20261126T020000Z}", "{id: 20261126T020000Z, before: 2026-11-01T00:00:00Z}")
            .gives("CHOICE_WRONG spec.from.which"),
        fresh
            .replace("2026-11-01T00:00:00Z", "2026-11-01")
            .gives("VALUE_WRONG spec.from.which.before"),
        fresh
            .replace("2026-11-01T00:00:00Z", "2026-11-01T00:00:00")
            .gives("VALUE_WRONG spec.from.which.before"),
        new Bad(NEW, SeenBy.READER)
            .replace("2026-11-01T00:00:00Z", "2026-13-01T00:00:00Z")
            .gives("VALUE_WRONG spec.from.which.before"),
        place.replace("inPlace: true", "inPlace: \"true\"").gives("VALUE_WRONG spec.inPlace"),
        fresh.replace(", like: postgres", "").gives("FIELD_MISSING spec.into.statefulSet.like"),
        fresh.replace("keepOld: 24h", "keepOld: 24").gives("VALUE_WRONG spec.switch.keepOld"),
        fresh
            .replace("service: {namespace: shop, name: postgres}, ", "")
            .gives("FIELD_MISSING spec.switch.service"),
        bad.replace(", expect: \"> 0\"", "").gives("FIELD_MISSING spec.checks[0].expect"));
  }

  private static List<BadDocument> ofTarget() {
    Bad empty = new Bad(EMPTY, SeenBy.CHECKS);
    Bad place = new Bad(IN_PLACE, SeenBy.CHECKS);
    Bad fresh = new Bad(NEW, SeenBy.CHECKS);
    Bad hinted = new Bad(NEW, SeenBy.CHECKS_AND_SCHEMA);
    return List.of(
        empty.replace("of-shop", "shop").gives("REFERENCE_UNKNOWN spec.from.backup"),
        empty.replace("copy", "other").gives("REFERENCE_UNKNOWN spec.into.database"),
        empty.replace("copy", "ledger").gives("VALUE_WRONG spec.into.database"),
        empty.replace("copy", "shop").gives("CHOICE_WRONG spec.into.database"),
        empty.replace("copy", "alias").gives("CHOICE_WRONG spec.into.database"),
        empty.replace("public.orders", "customers").gives("VALUE_WRONG spec.only.tables[0]"),
        empty.replace("of-shop", "of-shop-as-sql").gives("CHOICE_WRONG spec.only"),
        place.replace("{database: shop}", "{database: copy}").gives("CHOICE_WRONG spec.inPlace"),
        place.replace(", inPlace: true", "").gives("CHOICE_WRONG spec.into.database"),
        new Bad(IN_PLACE, SeenBy.CHECKS_AND_SCHEMA)
            .replace("20261126T020000Z", "20261126T020000")
            .gives("VALUE_WRONG spec.from.which.id"),
        fresh.replace("24h}", "24h}\n  inPlace: true").gives("CHOICE_WRONG spec.inPlace"),
        fresh.replace("of-cluster", "of-shop").gives("CHOICE_WRONG spec.into.statefulSet"),
        fresh
            .replace("postgres-new", "postgres")
            .replace("name: postgres}", "name: db}")
            .gives("NAME_TAKEN spec.into.statefulSet.name"),
        fresh
            .replace("postgres-new", "p".repeat(53))
            .gives("VALUE_WRONG spec.into.statefulSet.name"),
        hinted.replace("postgres-new", "pg_new").gives("VALUE_WRONG spec.into.statefulSet.name"),
        hinted
            .replace("like: postgres", "like: Postgres")
            .gives("VALUE_WRONG spec.into.statefulSet.like"));
  }

  private static List<BadDocument> ofSwitch() {
    Bad fresh = new Bad(NEW, SeenBy.CHECKS);
    Bad empty = new Bad(EMPTY, SeenBy.CHECKS);
    return List.of(
        empty
            .replace("  checks:", "  switch: {service: {namespace: a, name: b}}\n  checks:")
            .gives("CHOICE_WRONG spec.switch"),
        fresh
            .replace("service: {namespace: shop", "service: {namespace: other")
            .gives("VALUE_WRONG spec.switch.service.namespace"),
        fresh
            .replace("name: postgres}, keep", "name: postgres-new}, keep")
            .gives("NAME_TAKEN spec.switch.service.name"),
        fresh.replace("24h", "366d").gives("VALUE_WRONG spec.switch.keepOld"),
        new Bad(NEW, SeenBy.CHECKS_AND_SCHEMA)
            .replace("name: postgres}, keep", "name: a_b}, keep")
            .gives("VALUE_WRONG spec.switch.service.name"));
  }

  private static List<BadDocument> ofChecks() {
    Bad bad = new Bad(EMPTY, SeenBy.CHECKS);
    Bad hinted = new Bad(EMPTY, SeenBy.CHECKS_AND_SCHEMA);
    return List.of(
        hinted.replace("> 0", "> many").gives("VALUE_WRONG spec.checks[0].expect"),
        hinted.replace("> 0", "== 0").gives("VALUE_WRONG spec.checks[0].expect"),
        hinted.replace("> 0", "<> 0").gives("VALUE_WRONG spec.checks[0].expect"),
        hinted.replace("> 0", "=> 0").gives("VALUE_WRONG spec.checks[0].expect"),
        hinted.replace("> 0", " > 0").gives("VALUE_WRONG spec.checks[0].expect"),
        bad.replace("select count(*) from orders,", "delete from orders,")
            .gives("VALUE_WRONG spec.checks[0].query"),
        bad.replace("name: none", "name: some").gives("NAME_TAKEN spec.checks[1].name"),
        hinted.replace("name: none", "name: No one").gives("VALUE_WRONG spec.checks[1].name"));
  }
}
