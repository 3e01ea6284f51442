package dev.lockstep.deploy.bench;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.postgres.rows.PostgresRowActivities;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.contract.StepScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The steps that are measured, run as a worker runs them, without the engine around them. */
final class RowSteps {
  private final PostgresRowActivities activities;
  private final Database database;
  private final Duration batch;
  private final AtomicInteger runs = new AtomicInteger();

  RowSteps(Databases databases, Database database, Duration batch) {
    this.activities = new PostgresRowActivities(databases, BenchReporter::new, List.of());
    this.database = database;
    this.batch = batch;
    databases.open(database).useHandle(handle -> new Ledger().create(handle));
  }

  void backfill(Customers customers, int connections) {
    activities.backfill(scope("backfill", connections), customers.backfill());
  }

  void verify(Customers customers, int connections) {
    activities.verify(scope("verify", connections), customers.verification());
  }

  private StepScope scope(String step, int connections) {
    RunKey run = new RunKey("lockstep-bench/" + System.nanoTime() + "/" + runs.incrementAndGet());
    Limits limits =
        new Limits(
            Limits.DEFAULT.lockTimeout(), batch, Optional.empty(), Optional.empty(), connections);
    return new StepScope(run, step, database, limits);
  }
}
