package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.health.Health;
import dev.lockstep.activities.postgres.health.HealthSignals;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.workflows.contract.StepScope;
import java.util.List;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;

/** One call of a row step: what the crews that it sends out one after the other share. */
final class Shift {
  private final LongSupplier clock = System::nanoTime;
  private final Tools tools;
  private final StepScope scope;
  private final Health changing;
  private final Health reading;
  private final Pacer pacer;
  private final RowTally tally;

  /** What a call works with. */
  record Tools(Jdbi jdbi, Reporter reporter, HealthSignals signals) {}

  /**
   * A call.
   *
   * @param already rows of earlier calls
   * @param total estimate of all rows
   */
  Shift(Tools tools, StepScope scope, long already, long total) {
    this.tools = tools;
    this.scope = scope;
    this.changing = new Health(tools.signals().changing(), clock);
    this.reading = new Health(tools.signals().reading(), clock);
    this.pacer = new Pacer(scope.limits().maxRowsPerSecond(), clock);
    this.tally = new RowTally(scope.step(), already, total, clock);
  }

  /** What one worker does with ranges of one part. */
  @FunctionalInterface
  interface PartWorks {
    RangeCrew.Work on(Part part, FillRange.Pace pace);
  }

  /** Works the ranges off by changing rows; {@code each} makes the work of one worker. */
  void work(List<Portion> ranges, PartWorks each) {
    work(ranges, each, changing);
  }

  /** Works the ranges off by reading alone. */
  void read(List<Portion> ranges, PartWorks each) {
    work(ranges, each, reading);
  }

  private void work(List<Portion> ranges, PartWorks each, Health health) {
    Brake brake = new Brake(health, clock);
    FillRange.Pace pace = new FillRange.Pace(brake, pacer, tally, scope.limits());
    new RangeCrew(tools.jdbi(), scope.step())
        .work(
            ranges,
            Math.max(1, scope.limits().parallelism()),
            part -> new PartWork(part, each.on(part, pace)),
            new RangeCrew.Watchers(tools.reporter(), health, brake, tally));
  }
}
