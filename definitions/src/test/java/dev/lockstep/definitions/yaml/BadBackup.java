package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;
import java.util.stream.Stream;

/** Documents with one mistake in a backup. */
final class BadBackup {
  static final String EXEC =
      """
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: good-exec}
      spec:
        database: shop
        store: safe
        method: dump
        dump:
          through: exec
          format: directory
          scope: database
          pod: {namespace: shop, statefulSet: postgres, container: postgres}
        only: {tables: [orders, audit.log]}
        retention: {last: 3, hourly: 4, daily: 7, weekly: 5, monthly: 12, yearly: 1, maxAge: 400d}
        objectives: {rpo: 24h}
        maxRate: 50MiB/s
      """;

  static final String JOB =
      """
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: good-job}
      spec:
        database: cluster
        store: safe
        method: dump
        dump: {through: job, scope: server, job: {namespace: shop, image: "postgres:16", serviceAccount: dump}}
      """;

  static final String MYSQL =
      """
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: good-mysql}
      spec: {database: ledger, store: safe, method: dump, dump: {format: plain}}
      """;

  static final String PORTABLE =
      """
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: good-portable}
      spec: {database: ledger, store: safe, method: portable, only: {tables: [orders]}}
      """;

  private BadBackup() {}

  static List<BadDocument> all() {
    return Stream.of(ofFields(), ofDump(), ofRest()).flatMap(List::stream).toList();
  }

  private static List<BadDocument> ofFields() {
    Bad bad = new Bad(EXEC, SeenBy.READER_AND_SCHEMA);
    return List.of(
        bad.replace("  database: shop\n", "").gives("FIELD_MISSING spec.database"),
        bad.replace("  store: safe\n", "").gives("FIELD_MISSING spec.store"),
        bad.replace("  method: dump\n", "").gives("FIELD_MISSING spec.method"),
        bad.replace("method: dump", "method: volumeSnapshot").gives("VALUE_WRONG spec.method"),
        bad.replace("method: dump", "method: velero").gives("VALUE_WRONG spec.method"),
        bad.replace("method: dump", "method: operator").gives("VALUE_WRONG spec.method"),
        bad.replace("through: exec", "through: ssh").gives("VALUE_WRONG spec.dump.through"),
        bad.replace("format: directory", "format: tar").gives("VALUE_WRONG spec.dump.format"),
        bad.replace("scope: database", "scope: cluster").gives("VALUE_WRONG spec.dump.scope"),
        bad.replace("namespace: shop, ", "").gives("FIELD_MISSING spec.dump.pod.namespace"),
        bad.replace("{tables: [orders, audit.log]}", "{tables: []}")
            .gives("VALUE_WRONG spec.only.tables"),
        bad.replace("{tables: [orders, audit.log]}", "{}").gives("FIELD_MISSING spec.only.tables"),
        bad.replace("last: 3", "last: 10001").gives("VALUE_WRONG spec.retention.last"),
        bad.replace("yearly: 1", "yearly: -1").gives("VALUE_WRONG spec.retention.yearly"),
        bad.replace("400d", "400").gives("VALUE_WRONG spec.retention.maxAge"),
        bad.replace("{rpo: 24h}", "{}").gives("CHOICE_WRONG spec.objectives"),
        bad.replace("{rpo: 24h}", "{rto: 24h}").gives("FIELD_UNKNOWN spec.objectives.rto"),
        bad.replace("50MiB/s", "50MiB").gives("VALUE_WRONG spec.maxRate"));
  }

  private static List<BadDocument> ofDump() {
    Bad exec = new Bad(EXEC, SeenBy.CHECKS);
    Bad job = new Bad(JOB, SeenBy.CHECKS);
    Bad mysql = new Bad(MYSQL, SeenBy.CHECKS);
    Bad portable = new Bad(PORTABLE, SeenBy.CHECKS);
    Bad hinted = new Bad(EXEC, SeenBy.CHECKS_AND_SCHEMA);
    Bad jobHinted = new Bad(JOB, SeenBy.CHECKS_AND_SCHEMA);
    String pod = "    pod: {namespace: shop, statefulSet: postgres, container: postgres}\n";
    return List.of(
        exec.replace(pod, "").gives("CHOICE_WRONG spec.dump.pod"),
        exec.replace("through: exec", "through: client").gives("CHOICE_WRONG spec.dump.pod"),
        exec.replace(pod, pod + "    job: {namespace: shop, image: x}\n")
            .gives("CHOICE_WRONG spec.dump.job"),
        hinted
            .replace("shop, stateful", "Shop, stateful")
            .gives("VALUE_WRONG spec.dump.pod.namespace"),
        hinted
            .replace("statefulSet: postgres", "statefulSet: pg_0")
            .gives("VALUE_WRONG spec.dump.pod.statefulSet"),
        hinted
            .replace("container: postgres", "container: -")
            .gives("VALUE_WRONG spec.dump.pod.container"),
        job.replace(", job: {namespace: shop, image: \"postgres:16\", serviceAccount: dump}", "")
            .gives("CHOICE_WRONG spec.dump.job"),
        job.replace("postgres:16", "postgres 16").gives("VALUE_WRONG spec.dump.job.image"),
        jobHinted
            .replace("serviceAccount: dump", "serviceAccount: Dump")
            .gives("VALUE_WRONG spec.dump.job.serviceAccount"),
        jobHinted
            .replace("{namespace: shop", "{namespace: Shop")
            .gives("VALUE_WRONG spec.dump.job.namespace"),
        job.replace("scope: server", "scope: server, format: custom")
            .gives("CHOICE_WRONG spec.dump.format"),
        job.replace("\n  dump:", "\n  only: {tables: [a]}\n  dump:")
            .gives("CHOICE_WRONG spec.only"),
        mysql.replace("plain", "custom").gives("VALUE_WRONG spec.dump.format"),
        mysql.replace("plain", "directory").gives("VALUE_WRONG spec.dump.format"),
        portable
            .replace("portable,", "portable, dump: {format: plain},")
            .gives("CHOICE_WRONG spec.dump"));
  }

  private static List<BadDocument> ofRest() {
    Bad bad = new Bad(EXEC, SeenBy.CHECKS);
    return List.of(
        bad.replace("database: shop", "database: other").gives("REFERENCE_UNKNOWN spec.database"),
        bad.replace("store: safe", "store: shop").gives("REFERENCE_UNKNOWN spec.store"),
        bad.replace("audit.log", "a.b.c").gives("VALUE_WRONG spec.only.tables[1]"),
        bad.replace("audit.log", "lockstep.runs").gives("VALUE_WRONG spec.only.tables[1]"),
        bad.replace("audit.log", "public.orders").gives("NAME_TAKEN spec.only.tables[1]"),
        bad.replace("400d", "0s").gives("VALUE_WRONG spec.retention.maxAge"),
        bad.replace("400d", "40000d").gives("VALUE_WRONG spec.retention.maxAge"),
        bad.replace("rpo: 24h", "rpo: 500ms").gives("VALUE_WRONG spec.objectives.rpo"));
  }
}
