package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.LimitChecks;
import dev.lockstep.definitions.model.BlockerTermination;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The fields of {@code limits}. */
final class LimitsTable {
  private LimitsTable() {}

  static Shape<Limits> limits() {
    ObjectShape.Builder<Limits> of =
        ObjectShape.of("Limits", "How much a run may take from the clients.");
    Field<Limits, Duration> lock =
        of.defaulting(
            "lockTimeout",
            ParsedShape.duration().described("The longest wait for one lock."),
            Limits.DEFAULT.lockTimeout(),
            Limits::lockTimeout);
    Field<Limits, Duration> batch =
        of.defaulting(
            "batchDuration",
            ParsedShape.duration().described("The time that one backfill transaction aims at."),
            Limits.DEFAULT.batchDuration(),
            Limits::batchDuration);
    Field<Limits, Rate> rows =
        of.optional(
            "maxRowsPerSecond",
            ParsedShape.rate().described("Of one backfill, all its ranges together."),
            Limits::maxRowsPerSecond);
    Field<Limits, Duration> lag =
        of.optional(
            "maxReplicaLag",
            ParsedShape.duration()
                .described("The backfill waits while a replica is further behind."),
            Limits::maxReplicaLag);
    Field<Limits, Integer> parallelism =
        of.defaulting(
            "parallelism",
            new NumberShape(1, LimitChecks.MOST_PARALLELISM)
                .described("Ranges of one backfill at a time."),
            Limits.DEFAULT.parallelism(),
            Limits::parallelism);
    Function<Values, HealthLimits> health = HealthTable.fields(of);
    Field<Limits, BlockerTermination> blockers =
        of.optional("terminateBlockers", BlockersTable.termination(), Limits::terminateBlockers);
    Field<Limits, Integer> tables =
        of.optional(
            "tables",
            new NumberShape(1, LimitChecks.MOST_TABLES)
                .described(
                    "Tables whose rows are filled or compared at a time, each with its own"
                        + " parallelism; 1 where it is not given."),
            Limits::tables);
    return of.made(
        in ->
            new Limits(
                in.the(lock),
                in.the(batch),
                in.maybe(rows),
                in.maybe(lag),
                in.the(parallelism),
                Optional.of(health.apply(in)),
                in.maybe(blockers),
                in.maybe(tables)));
  }
}
