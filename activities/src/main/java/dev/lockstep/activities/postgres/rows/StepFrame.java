package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.Ledger;
import dev.lockstep.activities.ledger.PoisonRow;
import dev.lockstep.activities.ledger.PoisonRows;
import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.ledger.Ranges;
import dev.lockstep.activities.ledger.StepRecord;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.Watch;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A step that works row by row, as the ledger holds it. */
final class StepFrame {
  static final String REPEATED = "batchesRepeated";

  private final Jdbi jdbi;
  private final Reporter reporter;
  private final StepScope scope;
  private final Ledger ledger = new Ledger();
  private final Ranges ranges = new Ranges();
  private final PoisonRows poisonRows = new PoisonRows();

  StepFrame(Shift.Tools tools, StepScope scope) {
    this.jdbi = tools.jdbi();
    this.reporter = tools.reporter();
    this.scope = scope;
  }

  StepLedger ledger() {
    return new StepLedger(scope.run(), scope.step());
  }

  /**
   * Notes that the step begins. Ranges of a time before an undo are forgotten.
   *
   * @return the old outcome, where the step was done before
   */
  Optional<StepOutcome> begin() {
    jdbi.useHandle(ledger::create);
    return jdbi.inTransaction(
        handle -> {
          Optional<StepRecord> known = ledger.lock(handle, scope.run(), scope.step());
          if (known.filter(StepRecord::done).isPresent()) {
            return known.map(StepRecord::alreadyDone);
          }
          if (known.filter(k -> k.state() == StepRecord.State.STARTED).isEmpty()) {
            ranges.forget(handle, scope.run(), scope.step());
          }
          ledger.begin(handle, scope.run(), scope.step());
          return Optional.empty();
        });
  }

  /**
   * Makes sure that the run goes on, and makes place for a part that takes the place of an earlier
   * one: of the parts with this name and an ending, only one is kept.
   */
  void replace(String name, StepLedger kept) {
    jdbi.useTransaction(
        handle -> {
          ledger.begin(handle, scope.run(), scope.step());
          ranges.removeOthers(handle, scope.run(), ledger().part(name).step(), kept.step());
        });
  }

  /**
   * The ranges of the step or of one of its parts, those of an earlier call or else new ones. A
   * batch of an earlier call that was begun and never committed is counted.
   */
  List<RangeRecord> ranges(StepLedger part, Splitter splitter) throws SQLException {
    return jdbi.<List<RangeRecord>, SQLException>inTransaction(
        handle -> {
          ledger.lock(handle, scope.run(), scope.step());
          if (ranges.find(handle, part.run(), part.step()).isEmpty()) {
            ranges.add(handle, part.run(), part.step(), split(handle, splitter));
            poisonRows.forget(handle, part.run(), part.step());
          }
          int lost = ranges.reopen(handle, part.run(), part.step());
          if (lost > 0) {
            ranges.count(handle, scope.run(), scope.step(), REPEATED, lost);
          }
          return ranges.find(handle, part.run(), part.step());
        });
  }

  /** Several ranges in the place of the only one of the step or of one of its parts. */
  void divide(StepLedger part, Splitter splitter) throws SQLException {
    jdbi.<SQLException>useTransaction(
        handle -> {
          ledger.lock(handle, scope.run(), scope.step());
          if (ranges.find(handle, part.run(), part.step()).size() == 1) {
            ranges.replace(handle, part.run(), part.step(), split(handle, splitter));
          }
        });
  }

  private List<RangeRecord> split(Handle handle, Splitter splitter) throws SQLException {
    return Watch.over(handle.getConnection(), reporter, () -> splitter.split(Session.over(handle)));
  }

  /** The ranges of the step or of one of its parts as they are now. */
  List<RangeRecord> ranges(StepLedger part) {
    return jdbi.withHandle(handle -> ranges.find(handle, part.run(), part.step()));
  }

  /** The ranges of a part and of its partitions as they are now. */
  List<RangeRecord> allRanges(StepLedger part) {
    return jdbi.withHandle(handle -> ranges.findWithParts(handle, part.run(), part.step()));
  }

  /** The rows that were set aside when the rows of a part were walked. */
  List<PoisonRow> setAside(StepLedger part) {
    return jdbi.withHandle(handle -> poisonRows.find(handle, part.run(), part.step()));
  }

  /** Forgets the ranges of a part, after its figures were counted. */
  void close(StepLedger part, String figure, long amount) {
    jdbi.useTransaction(
        handle -> {
          ranges.count(handle, scope.run(), scope.step(), figure, amount);
          ranges.remove(handle, part.run(), part.step());
        });
  }

  /** Adds to a figure, so that later calls know it. */
  void count(String figure, long amount) {
    jdbi.useTransaction(handle -> ranges.count(handle, scope.run(), scope.step(), figure, amount));
  }

  /** A figure that was counted so far. */
  long counted(String figure) {
    return jdbi.withHandle(
        handle ->
            ledger
                .findStep(handle, scope.run(), scope.step())
                .map(step -> step.figures().getOrDefault(figure, 0L))
                .orElse(0L));
  }

  /** Notes that the step is done. */
  StepOutcome done(SortedMap<String, Long> figures) {
    SortedMap<String, Long> all = new TreeMap<>(figures);
    jdbi.useTransaction(handle -> ledger.markDone(handle, scope.run(), scope.step(), all));
    return new StepOutcome(false, all);
  }

  int serverVersion() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT current_setting('server_version_num')::int")
                .mapTo(Integer.class)
                .one());
  }

  /** Makes new ranges. */
  @FunctionalInterface
  interface Splitter {
    List<RangeRecord> split(Session session) throws SQLException;
  }

  /** Those that have rows left. */
  static List<RangeRecord> open(List<RangeRecord> all) {
    return all.stream().filter(range -> range.state() != RangeRecord.State.DONE).toList();
  }

  /** The ranges, none of which has rows left: what is built on it must not rest on a hope. */
  List<RangeRecord> done(List<RangeRecord> all) {
    if (!open(all).isEmpty()) {
      throw Faults.failure(
          FaultCode.INTERNAL_ERROR,
          open(all).size() + " of " + all.size() + " ranges were left out",
          scope.step());
    }
    return all;
  }

  static long rows(List<RangeRecord> all) {
    return all.stream().mapToLong(RangeRecord::rows).sum();
  }

  static long batches(List<RangeRecord> all) {
    return all.stream().mapToLong(RangeRecord::batches).sum();
  }
}
