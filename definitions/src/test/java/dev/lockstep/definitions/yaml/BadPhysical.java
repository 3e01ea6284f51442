package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;
import java.util.stream.Stream;

/** Documents with one mistake in a physical backup, or in a restore or drill of one. */
final class BadPhysical {
  static final String BACKUP =
      """
      apiVersion: lockstep.dev/v1
      kind: Backup
      metadata: {name: good-files}
      spec: {database: shop, store: safe, method: dump, dump: {format: physical, scope: server, base: 12h}}
      """;

  static final String RESTORE =
      """
      apiVersion: lockstep.dev/v1
      kind: Restore
      metadata: {name: good-folder}
      spec:
        from: {backup: of-files, which: {at: "2026-11-01T12:34:56.789Z"}}
        into: {directory: {path: /var/lib/postgresql/restored}}
      """;

  static final String DRILL =
      """
      apiVersion: lockstep.dev/v1
      kind: Drill
      metadata: {name: good-folder-drill}
      spec: {of: of-files, into: {directory: {path: /var/lib/postgresql/drill}}}
      """;

  private BadPhysical() {}

  static List<BadDocument> all() {
    return Stream.of(ofBackup(), ofRestore(), ofDrill()).flatMap(List::stream).toList();
  }

  private static List<BadDocument> ofBackup() {
    Bad bad = new Bad(BACKUP, SeenBy.CHECKS);
    return List.of(
        bad.replace("scope: server, ", "").gives("CHOICE_WRONG spec.dump.scope"),
        bad.replace("format: physical", "format: plain").gives("CHOICE_WRONG spec.dump.base"),
        bad.replace("12h", "30s").gives("VALUE_WRONG spec.dump.base"),
        bad.replace("12h", "366d").gives("VALUE_WRONG spec.dump.base"),
        bad.replace("database: shop", "database: ledger").gives("VALUE_WRONG spec.dump.format"),
        bad.replace("method: dump,", "method: dump, only: {tables: [a]},")
            .gives("CHOICE_WRONG spec.only"));
  }

  private static List<BadDocument> ofRestore() {
    Bad bad = new Bad(RESTORE, SeenBy.CHECKS);
    Bad read = new Bad(RESTORE, SeenBy.READER_AND_SCHEMA);
    String directory = "directory: {path: /var/lib/postgresql/restored}";
    String path = "spec.into.directory.path";
    return List.of(
        read.replace("12:34:56.789Z", "12:34:56").gives("VALUE_WRONG spec.from.which.at"),
        read.replace("{path: /var/lib/postgresql/restored}", "{}").gives("FIELD_MISSING " + path),
        bad.replace("of-files", "of-shop-as-sql")
            .replace(directory, "database: copy")
            .gives("CHOICE_WRONG spec.from.which"),
        bad.replace("of-files, which: {at: \"2026-11-01T12:34:56.789Z\"}", "of-shop-as-sql")
            .gives("CHOICE_WRONG spec.into.directory"),
        bad.replace(directory, "database: copy").gives("CHOICE_WRONG spec.into.database"),
        bad.replace("of-files", "of-cluster-files")
            .replace(
                directory, "statefulSet: {namespace: shop, name: postgres-new, like: postgres}")
            .gives("CHOICE_WRONG spec.into.statefulSet"),
        bad.replace("restored}}", "restored}}\n  only: {tables: [a]}")
            .gives("CHOICE_WRONG spec.only"),
        bad.replace("restored}}", "restored}}\n  inPlace: true").gives("CHOICE_WRONG spec.inPlace"),
        bad.replace("restored}}", "restored}}\n  switch: {service: {namespace: a, name: b}}")
            .gives("CHOICE_WRONG spec.switch"),
        bad.replace("/var/lib/postgresql/restored", "restored").gives("VALUE_WRONG " + path),
        bad.replace("/var/lib/postgresql/restored", "/var/../etc").gives("VALUE_WRONG " + path),
        bad.replace("/var/lib/postgresql/restored", "\"/a b\"").gives("VALUE_WRONG " + path),
        bad.replace("restored}", "r".repeat(70) + "}").gives("VALUE_WRONG " + path));
  }

  private static List<BadDocument> ofDrill() {
    Bad bad = new Bad(DRILL, SeenBy.CHECKS);
    String directory = "directory: {path: /var/lib/postgresql/drill}";
    return List.of(
        bad.replace("of-files", "of-shop").gives("CHOICE_WRONG spec.into.directory"),
        bad.replace("of-files", "of-cluster-files")
            .replace(directory, "scratch: {namespace: shop, like: postgres}")
            .gives("CHOICE_WRONG spec.into.scratch"),
        bad.replace(directory, "database: copy").gives("CHOICE_WRONG spec.into.database"),
        bad.replace("/drill}", "/drill/..}").gives("VALUE_WRONG spec.into.directory.path"));
  }
}
