package dev.lockstep.deploy.bench.rivals;

import dev.lockstep.deploy.bench.TriggerCost;
import java.io.IOException;
import java.util.Map;

/** What a started change adds to the clients' updates. */
final class TriggerTrial {
  /** Of the table; all are updated in each round. */
  static final int ROWS = 100_000;

  private TriggerTrial() {}

  static Map<Metric, Double> run(Contender contender, Target target)
      throws IOException, InterruptedException {
    contender.prepare(target);
    try (Contender.Held held = contender.hold(target)) {
      TriggerCost cost = new TriggerCost(target.sessions("bench"), Target.TABLE, target.rows());
      return Map.of(
          Metric.TRIGGER_FOLLOWED, cost.ofFollowedColumn().times(),
          Metric.TRIGGER_OTHER, cost.ofOtherColumn().times());
    }
  }
}
