package dev.lockstep.activities.restore;

import dev.lockstep.definitions.model.Drill;
import dev.lockstep.workflows.contract.Conclusion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Under which keys of a store the ends of runs lie. */
final class RunKeys {
  /** As in the ids of backups. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunKeys() {}

  /** What the keys of a drill's evidence begin with. */
  static String drills(String drill) {
    return "drills/" + drill + "/";
  }

  static String drill(Conclusion conclusion, Drill drill) {
    return drills(drill.name())
        + conclusion.copy().id()
        + "-"
        + moment(conclusion.started())
        + ".json";
  }

  /** A backup ends once under its id; it may be restored often. */
  static String backup(Conclusion conclusion) {
    return "runs/backup/" + conclusion.definition().name() + "/" + conclusion.copy().id() + ".json";
  }

  static String restore(Conclusion conclusion) {
    return "runs/restore/"
        + conclusion.definition().name()
        + "/"
        + conclusion.copy().id()
        + "-"
        + moment(conclusion.started())
        + ".json";
  }

  private static String moment(Instant time) {
    return MOMENT.format(time);
  }
}
