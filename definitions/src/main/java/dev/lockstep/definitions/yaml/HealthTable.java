package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.LimitChecks;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.HealthLimits;
import dev.lockstep.definitions.model.HealthLimits.Autovacuum;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Those fields of {@code limits} that are about the database's health. What has a default is
 * nevertheless absent unless written: what was asked for is kept more strictly.
 */
final class HealthTable {
  private HealthTable() {}

  /** Adds the fields, and gives how their values are read. */
  static Function<Values, HealthLimits> fields(ObjectShape.Builder<Limits> of) {
    Field<Limits, ByteCount> backlog =
        of.optional(
            "maxArchiveBacklog",
            ParsedShape.size()
                .described(
                    "The backfill waits while more log waits for the archive; where it is not"
                        + " given: %s, for at most ten minutes on end."
                            .formatted(HealthLimits.DEFAULT_ARCHIVE_BACKLOG)),
            of(HealthLimits::maxArchiveBacklog));
    Field<Limits, ByteRate> rate =
        of.optional(
            "maxWalRate",
            ParsedShape.sizeRate()
                .described(
                    "The backfill waits where the server, the backfill included, writes more log"
                        + " than that on the average."),
            of(HealthLimits::maxWalRate));
    Field<Limits, Duration> commit =
        of.optional(
            "maxCommitLatency",
            ParsedShape.duration()
                .described(
                    "Backfill and verification wait while a tiny commit takes longer; where it is"
                        + " not given: %s, for at most ten minutes on end."
                            .formatted(Durations.write(HealthLimits.DEFAULT_COMMIT_LATENCY))),
            of(HealthLimits::maxCommitLatency));
    Field<Limits, Integer> sessions =
        of.optional(
            "maxActiveSessions",
            new NumberShape(1, LimitChecks.MOST_ACTIVE_SESSIONS)
                .described(
                    "Backfill and verification wait while more sessions of others are active on"
                        + " the server; its number of cores is a good value."),
            of(HealthLimits::maxActiveSessions));
    Field<Limits, Autovacuum> vacuum =
        of.optional("autovacuum", vacuum(), of(HealthLimits::autovacuum));
    Field<Limits, List<Signal>> signals =
        of.defaulting(
            "signals",
            new ListShape<>(SignalTable.signal(), "a list of signals", 0)
                .described("Numbers of your own that hold backfill and verification back."),
            List.of(),
            limits -> limits.healthOrDefault().signals());
    return in ->
        new HealthLimits(
            in.maybe(backlog),
            in.maybe(rate),
            in.maybe(commit),
            in.maybe(sessions),
            in.maybe(vacuum),
            in.the(signals));
  }

  private static Shape<Autovacuum> vacuum() {
    return WordShape.of(Autovacuum.class)
        .described(
            "Whether the backfill waits for each vacuum of its table, for the first ten minutes of"
                + " it; where it is not given: only for one that was under way when the step"
                + " began.");
  }

  private static <V> Function<Limits, Optional<V>> of(Function<HealthLimits, Optional<V>> getter) {
    return limits -> getter.apply(limits.healthOrDefault());
  }
}
