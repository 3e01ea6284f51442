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
 * Readings of health, from the sentences of the signals that are measured in milliseconds (package
 * {@code health} of the activities). Other histories hold no more of them.
 */
final class MeasureReader {
  private static final Pattern LAG =
      Pattern.compile(
          "replica (?<name>.+) is (?<is>\\d{1,18}) ms behind, limit (?<limit>\\d{1,18}) ms");
  private static final Pattern COMMIT =
      Pattern.compile("a commit takes (?<is>\\d{1,18}) ms, limit (?<limit>\\d{1,18}) ms");

  private final Map<String, List<Course.Reading>> readings = new LinkedHashMap<>();

  void take(Progress progress, Instant at) {
    for (String reason : progress.waitingFor()) {
      Matcher lag = LAG.matcher(reason);
      Matcher commit = COMMIT.matcher(reason);
      if (lag.matches()) {
        add("lag of replica " + lag.group("name"), lag, at);
      } else if (commit.matches()) {
        add("commit latency", commit, at);
      }
    }
  }

  List<Course.Measure> all() {
    return readings.entrySet().stream()
        .map(entry -> new Course.Measure(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void add(String name, Matcher found, Instant at) {
    readings
        .computeIfAbsent(name, key -> new ArrayList<>())
        .add(
            new Course.Reading(
                at, Long.parseLong(found.group("is")), Long.parseLong(found.group("limit"))));
  }
}
