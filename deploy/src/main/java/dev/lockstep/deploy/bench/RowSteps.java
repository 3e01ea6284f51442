package dev.lockstep.deploy.bench;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.postgres.rows.PostgresRowActivities;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The steps that are measured, run as a worker runs them, without the engine around them. */
final class RowSteps {
  private final PostgresRowActivities activities;
  private final Database database;
  private final Limits limits;
  private final AtomicInteger runs = new AtomicInteger();

  /** What a step did in which time. */
  record Timed(StepOutcome outcome, Duration time) {
    long figure(String name) {
      return outcome.figures().getOrDefault(name, 0L);
    }

    double seconds() {
      return time.toNanos() / 1e9;
    }
  }

  RowSteps(Databases databases, Database database, BenchOptions options) {
    this.activities = new PostgresRowActivities(databases, BenchReporter::new, List.of());
    this.database = database;
    this.limits =
        new Limits(
            Limits.DEFAULT.lockTimeout(),
            options.batchDuration(),
            Optional.empty(),
            Optional.empty(),
            options.parallelism());
    databases.open(database).useHandle(handle -> new Ledger().create(handle));
  }

  Timed backfill(Customers customers) {
    long start = System.nanoTime();
    StepOutcome outcome = activities.backfill(scope("backfill"), customers.backfill());
    return new Timed(outcome, Duration.ofNanos(System.nanoTime() - start));
  }

  Timed verify(Customers customers) {
    long start = System.nanoTime();
    StepOutcome outcome = activities.verify(scope("verify"), customers.verification());
    return new Timed(outcome, Duration.ofNanos(System.nanoTime() - start));
  }

  private StepScope scope(String step) {
    RunKey run = new RunKey("lockstep-bench/" + System.nanoTime() + "/" + runs.incrementAndGet());
    return new StepScope(run, step, database, limits);
  }
}
