package dev.lockstep.worker.report;

import dev.lockstep.workflows.contract.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Readings of health and sizes of batches. Histories of earlier versions hold the former only in
 * the sentences of signals that were above their limits (package {@code health} of the activities).
 */
final class MeasureReader {
  private static final Pattern LAG =
      Pattern.compile("replica (?<name>.+) is (?<is>\\d{1,18}) ms behind, limit \\d{1,18} ms");
  private static final Pattern COMMIT =
      Pattern.compile("a commit takes (?<is>\\d{1,18}) ms, limit \\d{1,18} ms");

  private final Map<String, List<Course.Reading>> readings = new LinkedHashMap<>();
  private boolean complete;

  /** Whether readings were told all the time, and not only where they were a reason to wait. */
  boolean isComplete() {
    return complete;
  }

  void take(Progress progress, Instant at) {
    if (!progress.readings().isEmpty()) {
      complete = true;
      progress.readings().forEach((name, value) -> add(name, value, at));
      return;
    }
    for (String reason : progress.waitingFor()) {
      Matcher lag = LAG.matcher(reason);
      Matcher commit = COMMIT.matcher(reason);
      if (lag.matches()) {
        add("lag of replica " + lag.group("name"), Long.parseLong(lag.group("is")), at);
      } else if (commit.matches()) {
        add("commit latency", Long.parseLong(commit.group("is")), at);
      }
    }
  }

  List<Course.Measure> all() {
    return readings.entrySet().stream()
        .map(entry -> new Course.Measure(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void add(String name, long value, Instant at) {
    readings.computeIfAbsent(name, key -> new ArrayList<>()).add(new Course.Reading(at, value));
  }
}
