package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.rows.CompareRange.Comparison;
import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A verification.
 *
 * <ol>
 *   <li>All rows are split into ranges; the last one has no end, so that rows of meanwhile are
 *       compared too. A table without a key is one range: only a snapshot of all of it misses no
 *       row that moves.
 *   <li>Each range is compared by one statement: {@link CompareRange}.
 *   <li>Ranges with wrong rows are repaired, as a backfill of the wrong rows, and compared again.
 *   <li>Rows that are still wrong are the fault; their ranges are compared again at the next call.
 * </ol>
 */
final class CompareRows {
  /** About a tenth of a second each: the snapshot is short, and a stop does not wait long. */
  static final Shape SHAPE = new Shape(100_000, 4096);

  private static final int SHOWN_KEYS = 5;
  private static final String REPAIRED = "repaired";

  private final Shift.Tools tools;
  private final StepScope scope;
  private final Action.Verify action;
  private final Shape shape;
  private final StepFrame frame;

  CompareRows(Shift.Tools tools, StepScope scope, Action.Verify action, Shape shape) {
    this.tools = tools;
    this.scope = scope;
    this.action = action;
    this.shape = shape;
    this.frame = new StepFrame(tools, scope);
  }

  StepOutcome run() throws SQLException {
    Optional<StepOutcome> before = frame.begin();
    return before.isPresent() ? before.get() : compare();
  }

  private StepOutcome compare() throws SQLException {
    WalkedTable table = new WalkedTable(action.table(), action.key(), frame.serverVersion());
    Comparison comparison = new Comparison(table, action.mismatch(), frame.ledger());
    List<RangeRecord> ranges = frame.ranges(frame.ledger(), session -> split(table, session));
    Shift shift = new Shift(tools, scope, StepFrame.rows(ranges), action.rows());
    closeRepair(0);

    long wrong = compare(comparison, shift);
    if (wrong > 0 && !action.repair().isEmpty()) {
      repair(table, shift);
      wrong = compare(comparison, shift);
      closeRepair(wrong);
    }
    List<RangeRecord> compared = frame.ranges(frame.ledger());
    if (wrong > 0) {
      throw differ(table, compared, wrong);
    }
    frame.done(compared);
    return frame.done(
        new TreeMap<>(
            Map.of(
                "rows",
                StepFrame.rows(compared),
                "mismatches",
                0L,
                REPAIRED,
                frame.counted(REPAIRED))));
  }

  private List<RangeRecord> split(WalkedTable table, Session session) throws SQLException {
    RangeRecord all = RangeRecord.fresh(0, Optional.empty(), Optional.empty());
    if (table.physical()) {
      return List.of(all);
    }
    List<RangeRecord> ranges = new ArrayList<>(new RangeSplitter(table, shape).split(session));
    if (ranges.isEmpty()) {
      return List.of(all);
    }
    RangeRecord last = ranges.remove(ranges.size() - 1);
    ranges.add(RangeRecord.fresh(last.number(), last.low(), Optional.empty()));
    return ranges;
  }

  /** Compares what is open, and says how many rows differ. */
  private long compare(Comparison comparison, Shift shift) {
    AtomicLong wrong = new AtomicLong();
    shift.read(
        StepFrame.open(frame.ranges(frame.ledger())),
        pace -> new CompareRange(comparison, pace, wrong));
    return wrong.get();
  }

  private void repair(WalkedTable table, Shift shift) throws SQLException {
    StepLedger part = frame.ledger().part("repair");
    List<RangeRecord> wrong = StepFrame.open(frame.ranges(frame.ledger()));
    List<RangeRecord> ranges = frame.ranges(part, session -> toRepair(table, wrong, session));
    FillStatements statements = new FillStatements(table, action.repair(), action.mismatch(), part);
    shift.work(
        ranges,
        pace -> new FillRange(statements, table, pace.uncounted(), FillRange.OnRefusal.FAIL));
  }

  /** The wrong ranges again; one without an end gets one: the highest key of now. */
  private static List<RangeRecord> toRepair(
      WalkedTable table, List<RangeRecord> wrong, Session session) throws SQLException {
    RangeSplitter splitter = new RangeSplitter(table, FillRows.SHAPE);
    if (table.physical()) {
      return splitter.split(session);
    }
    Optional<String> top = splitter.top(session).map(Key::text);
    return wrong.stream()
        .map(range -> RangeRecord.fresh(range.number(), range.low(), range.high().or(() -> top)))
        .filter(range -> range.high().isPresent())
        .toList();
  }

  private void closeRepair(long left) {
    StepLedger part = frame.ledger().part("repair");
    long changed = StepFrame.rows(frame.ranges(part));
    frame.close(part, REPAIRED, Math.max(0, changed - left));
  }

  private RuntimeException differ(WalkedTable table, List<RangeRecord> compared, long wrong)
      throws SQLException {
    List<String> shown =
        tools
            .jdbi()
            .<List<String>, SQLException>withHandle(
                handle -> shown(table, StepFrame.open(compared), Session.over(handle)));
    return Faults.failure(
        FaultCode.ROWS_DIFFER,
        "%d of %d rows of %s differ in %s: %s%s"
            .formatted(
                wrong,
                StepFrame.rows(compared),
                action.table(),
                action.meaning(),
                String.join("; ", shown),
                shown.size() < wrong ? "; …" : ""),
        scope.step());
  }

  private List<String> shown(WalkedTable table, List<RangeRecord> wrong, Session session)
      throws SQLException {
    List<String> shown = new ArrayList<>();
    for (RangeRecord range : wrong) {
      if (shown.size() < SHOWN_KEYS) {
        String query =
            "SELECT %s FROM %s WHERE %s AND (%s) LIMIT %s"
                .formatted(
                    table.keyText(),
                    table.reference(),
                    table.within(Interval.of(range)),
                    action.mismatch(),
                    SHOWN_KEYS - shown.size());
        session.values(query).stream().map(Key::parse).map(table::values).forEach(shown::add);
      }
    }
    return shown;
  }
}
