package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.TriggerCost;
import dev.lockstep.deploy.bench.report.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a started change adds to the clients' updates. */
final class TriggerTrial {
  /** Of the table; all are updated in each round. */
  static final int ROWS = 100_000;

  private TriggerTrial() {}

  /** What each pair of updates without and with the triggers gives. */
  static List<Map<Metric, Double>> run(Contender contender, Target target)
      throws IOException, InterruptedException {
    contender.prepare(target);
    try (Contender.Held held = contender.hold(target)) {
      return new TriggerCost(target.sessions("bench"), Target.TABLE, target.rows())
          .measure().stream()
              .map(
                  times ->
                      Map.of(
                          Metric.TRIGGER_FOLLOWED, times.followed(),
                          Metric.TRIGGER_OTHER, times.other()))
              .toList();
    }
  }
}
