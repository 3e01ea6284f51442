package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;

/** Documents with one mistake in what is said of the database's health. */
final class BadSignal {
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
          maxArchiveBacklog: 2GiB
          maxWalRate: 50MiB/s
          maxCommitLatency: 50ms
          maxActiveSessions: 16
          autovacuum: wait
          signals:
            - {name: queue, query: select count(*) from jobs, max: 1000}
            - name: errors
              prometheus:
                url: https://prometheus:9090
                query: sum(rate(errors[5m]))
                token: {env: PROMETHEUS_TOKEN}
              max: 0.5
      """;

  private BadSignal() {}

  static List<BadDocument> all() {
    Bad bad = new Bad(GOOD, SeenBy.READER_AND_SCHEMA);
    Bad read = new Bad(GOOD, SeenBy.READER);
    Bad checked = new Bad(GOOD, SeenBy.CHECKS);
    Bad seen = new Bad(GOOD, SeenBy.CHECKS_AND_SCHEMA);
    String limits = "spec.limits.";
    String source = limits + "signals[1].prometheus.";
    return List.of(
        bad.replace("2GiB", "128").gives("VALUE_WRONG " + limits + "maxArchiveBacklog"),
        bad.replace("2GiB", "2GB").gives("VALUE_WRONG " + limits + "maxArchiveBacklog"),
        read.replace("2GiB", "0B").gives("VALUE_WRONG " + limits + "maxArchiveBacklog"),
        read.replace("2GiB", "99999999999TiB").gives("VALUE_WRONG " + limits + "maxArchiveBacklog"),
        checked.replace("2GiB", "64KiB").gives("VALUE_WRONG " + limits + "maxArchiveBacklog"),
        bad.replace("50MiB/s", "50MiB").gives("VALUE_WRONG " + limits + "maxWalRate"),
        bad.replace("50MiB/s", "-5MiB/s").gives("VALUE_WRONG " + limits + "maxWalRate"),
        checked.replace("50MiB/s", "1B/s").gives("VALUE_WRONG " + limits + "maxWalRate"),
        bad.replace("50ms", "50").gives("VALUE_WRONG " + limits + "maxCommitLatency"),
        checked.replace("50ms", "0s").gives("VALUE_WRONG " + limits + "maxCommitLatency"),
        bad.replace("16", "0").gives("VALUE_WRONG " + limits + "maxActiveSessions"),
        bad.replace("16", "-1").gives("VALUE_WRONG " + limits + "maxActiveSessions"),
        bad.replace("wait", "avoid").gives("VALUE_WRONG " + limits + "autovacuum"),
        bad.replace(", max: 1000", "").gives("FIELD_MISSING " + limits + "signals[0].max"),
        bad.replace("1000", "many").gives("VALUE_WRONG " + limits + "signals[0].max"),
        bad.replace("query: select count(*) from jobs, ", "")
            .gives("CHOICE_WRONG " + limits + "signals[0]"),
        bad.replace("max: 0.5", "max: 0.5\n        query: select 1")
            .gives("CHOICE_WRONG " + limits + "signals[1]"),
        seen.replace("name: queue", "name: Queue")
            .gives("VALUE_WRONG " + limits + "signals[0].name"),
        checked
            .replace("name: errors", "name: queue")
            .gives("NAME_TAKEN " + limits + "signals[1].name"),
        checked
            .replace("select count(*) from jobs", "select 1;")
            .gives("VALUE_WRONG " + limits + "signals[0].query"),
        checked
            .replace("select count(*) from jobs", "delete from jobs")
            .gives("VALUE_WRONG " + limits + "signals[0].query"),
        bad.replace("https://prom", "ftp://prom").gives("VALUE_WRONG " + source + "url"),
        bad.replace("https://prom", "https://me:hunter2@prom")
            .gives("VALUE_WRONG " + source + "url"),
        bad.replace(":9090", ":9090/?token=hunter2").gives("VALUE_WRONG " + source + "url"),
        bad.replace("{env: PROMETHEUS_TOKEN}", "hunter2").gives("VALUE_WRONG " + source + "token"),
        bad.replace("PROMETHEUS_TOKEN", "hunter2").gives("VALUE_WRONG " + source + "token.env"),
        bad.replace("{env: PROMETHEUS_TOKEN}", "{secret: {namespace: a, name: b}}")
            .gives("FIELD_MISSING " + source + "token.secret.key"),
        bad.replace("{env: PROMETHEUS_TOKEN}", "{env: A, file: /a}")
            .gives("CHOICE_WRONG " + source + "token"));
  }
}
