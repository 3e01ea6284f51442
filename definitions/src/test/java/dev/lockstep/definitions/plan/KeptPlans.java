package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.lint.Lint;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.plan.Observation.Keeping;
import dev.lockstep.definitions.plan.Observation.Table;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans of migrations whose restore point was taken earlier. */
final class KeptPlans {
  private KeptPlans() {}

  /** The tables of example 31. */
  static TableSketch[] shop() {
    return new TableSketch[] {
      TableSketch.customers(), TableSketch.table("coupons").column("code", "text", false)
    };
  }

  static Optional<Keeping> keeping() {
    return Optional.of(new Keeping(CopyPlans.LATER, Duration.ofDays(180)));
  }

  static Planning plan(Migration migration, Optional<Keeping> keeping, TableSketch... tables) {
    Table[] built = Stream.of(tables).map(TableSketch::build).toArray(Table[]::new);
    BackupReference copy =
        new CopyPlans(Examples.named("31-restore-point.yaml").definitions())
            .reference("shop-nightly", CopyPlans.ID);
    Observation observation =
        new PretendServer(built)
            .observe(migration)
            .with(Optional.of(new Observation.RestorePoint(copy, true, keeping)));
    return Planner.plan(migration, observation, new PlainDialect(), Lint.rules());
  }
}
