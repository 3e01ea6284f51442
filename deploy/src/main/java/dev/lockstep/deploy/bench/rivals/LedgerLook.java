package dev.lockstep.deploy.bench.rivals;

import org.jdbi.v3.core.Jdbi;

/** The backfill as Lockstep's ledger tells it, whether or not a worker is alive. */
final class LedgerLook {
  private final Jdbi jdbi;

  LedgerLook(Target target) {
    this.jdbi = target.sessions("bench");
  }

  /** What is committed. */
  record Committed(long rows, long batches) {
    static final Committed NOTHING = new Committed(0, 0);
  }

  Committed committed() {
    return jdbi.withHandle(
        handle -> {
          boolean there =
              handle
                  .createQuery("SELECT to_regclass('lockstep.ranges') IS NOT NULL")
                  .mapTo(Boolean.class)
                  .one();
          return there
              ? handle
                  .createQuery(
                      "SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(batches), 0) AS batches"
                          + " FROM lockstep.ranges WHERE step_id LIKE 'migrate/%'")
                  .map((row, at) -> new Committed(row.getLong("rows"), row.getLong("batches")))
                  .one()
              : Committed.NOTHING;
        });
  }
}
