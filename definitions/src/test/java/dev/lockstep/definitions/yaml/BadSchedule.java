package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;
import java.util.stream.Stream;

/** Documents with one mistake in a schedule. */
final class BadSchedule {
  static final String CRON =
      """
      apiVersion: lockstep.dev/v1
      kind: Schedule
      metadata: {name: good-cron}
      spec:
        run: {kind: Backup, name: of-shop}
        cron: "30 2 * jan-nov mon,fri"
        timeZone: Europe/Paris
        jitter: 5m
        overlap: skip
        catchUp: 1h
        paused: true
        note: month end
        blackout: [{from: "22:00", to: "01:00", days: [friday]}]
      """;

  static final String EVERY =
      """
      apiVersion: lockstep.dev/v1
      kind: Schedule
      metadata: {name: good-every}
      spec: {run: {kind: Backup, name: of-cluster}, every: 6h, overlap: allowAll}
      """;

  private BadSchedule() {}

  static List<BadDocument> all() {
    return Stream.of(ofForm(), ofCron(), ofRules()).flatMap(List::stream).toList();
  }

  private static List<BadDocument> ofForm() {
    Bad bad = new Bad(CRON, SeenBy.READER_AND_SCHEMA);
    Bad every = new Bad(EVERY, SeenBy.READER_AND_SCHEMA);
    return List.of(
        bad.replace("  run: {kind: Backup, name: of-shop}\n", "").gives("FIELD_MISSING spec.run"),
        bad.replace("kind: Backup", "kind: Restore").gives("KIND_UNKNOWN spec.run.kind"),
        bad.replace(", name: of-shop", "").gives("FIELD_MISSING spec.run.name"),
        bad.replace("  jitter:", "  every: 1h\n  jitter:").gives("CHOICE_WRONG spec"),
        every.replace(", every: 6h", "").gives("CHOICE_WRONG spec"),
        every.replace("6h", "6").gives("VALUE_WRONG spec.every"),
        bad.replace("skip", "queue").gives("VALUE_WRONG spec.overlap"),
        bad.replace("paused: true", "paused: soon").gives("VALUE_WRONG spec.paused"),
        bad.replace("22:00", "24:01").gives("VALUE_WRONG spec.blackout[0].from"),
        bad.replace("01:00", "1:00").gives("VALUE_WRONG spec.blackout[0].to"),
        bad.replace("[friday]", "[]").gives("VALUE_WRONG spec.blackout[0].days"),
        bad.replace("friday", "fri").gives("VALUE_WRONG spec.blackout[0].days[0]"));
  }

  private static List<BadDocument> ofCron() {
    Bad checked = new Bad(CRON, SeenBy.CHECKS);
    return Stream.of(
            "30 2 * *",
            "60 2 * * *",
            "30 24 * * *",
            "30 2 0 * *",
            "30 2 * 13 *",
            "30 2 * * 8",
            "30 2 * * fri-mon",
            "30 2 * * funday",
            "*/0 2 * * *",
            "30, 2 * * *",
            "30 2 L * *",
            "@daily",
            "30 2 31 feb *",
            "30 2 31 2,4,6,9,11 *")
        .map(cron -> checked.replace("30 2 * jan-nov mon,fri", cron).gives("VALUE_WRONG spec.cron"))
        .toList();
  }

  private static List<BadDocument> ofRules() {
    Bad checked = new Bad(CRON, SeenBy.CHECKS);
    Bad every = new Bad(EVERY, SeenBy.CHECKS);
    return List.of(
        checked.replace("of-shop", "of-nobody").gives("REFERENCE_UNKNOWN spec.run.name"),
        checked.replace("kind: Backup", "kind: Drill").gives("REFERENCE_UNKNOWN spec.run.name"),
        checked.replace("Europe/Paris", "Europe/Lutetia").gives("VALUE_WRONG spec.timeZone"),
        checked.replace("Europe/Paris", "CEST").gives("VALUE_WRONG spec.timeZone"),
        checked.replace("5m", "13h").gives("VALUE_WRONG spec.jitter"),
        checked.replace("1h", "9s").gives("VALUE_WRONG spec.catchUp"),
        checked.replace("1h", "367d").gives("VALUE_WRONG spec.catchUp"),
        checked.replace("  paused: true\n", "").gives("CHOICE_WRONG spec.note"),
        checked.replace("month end", "m".repeat(201)).gives("VALUE_WRONG spec.note"),
        checked.replace("22:00", "24:00").gives("VALUE_WRONG spec.blackout[0].from"),
        checked.replace("01:00", "22:00").gives("VALUE_WRONG spec.blackout[0].to"),
        checked
            .replace("22:00\", to: \"01:00\", days: [friday]", "02:00\", to: \"03:00\"")
            .gives("VALUE_WRONG spec.blackout"),
        // The jitter may push the run into it.
        checked
            .replace("22:00\", to: \"01:00\", days: [friday]", "02:34\", to: \"03:00\"")
            .gives("VALUE_WRONG spec.blackout"),
        every.replace("6h", "0s").gives("VALUE_WRONG spec.every"),
        every.replace("6h", "367d").gives("VALUE_WRONG spec.every"),
        every.replace("6h", "1500ms").gives("VALUE_WRONG spec.every"),
        every
            .replace("6h", "6h, blackout: [{from: \"00:00\", to: \"24:00\"}]")
            .gives("VALUE_WRONG spec.blackout"));
  }
}
