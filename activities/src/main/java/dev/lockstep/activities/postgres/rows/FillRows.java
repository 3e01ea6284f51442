package dev.lockstep.activities.postgres.rows;

import static dev.lockstep.activities.postgres.rows.FillRange.OnRefusal.SET_ASIDE;

import dev.lockstep.activities.ledger.PoisonRow;
import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.definitions.plan.Action.MovedRows;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A backfill.
 *
 * <ol>
 *   <li>The rows of now are split into ranges, and the ranges are recorded.
 *   <li>Each range is filled, batch by batch: {@link FillRange}.
 *   <li>Closing passes look for rows that a client's change of key or of place carried from before
 *       a walker to behind it. A pass changes only rows that it makes different, so that rows whose
 *       value is rightly NULL end it; it is the last one when it changed nothing, or the third.
 *       There is none where a later step compares every row, unless a row was set aside.
 *   <li>Rows that were refused and set aside are among those that a pass tries again. Those that
 *       the last pass set aside are the fault.
 * </ol>
 *
 * <p>{@code batchesRepeated} counts the batches that had begun on the server and were neither
 * committed nor rolled back in good order before their connection or the server was gone: their
 * rows are computed a second time. There is at most one for each range at work. A batch that a
 * fault stopped and that was then split is not among them, nor is one that the server finished
 * alone after the worker was killed.
 */
final class FillRows {
  /** Small enough that no worker is left alone with the end for long. */
  static final Shape SHAPE = new Shape(50_000, 64);

  private static final int CLOSING_PASSES = 3;

  /** With the indexes, when the first call began. */
  private static final String BYTES_BEFORE = "tableBytesBefore";

  /** Rows of closing passes of earlier calls. */
  private static final String CLOSED = "rowsOfEarlierPasses";

  private final Shift.Tools tools;
  private final StepScope scope;
  private final Action.Backfill action;
  private final StepFrame frame;

  FillRows(Shift.Tools tools, StepScope scope, Action.Backfill action) {
    this.tools = tools;
    this.scope = scope;
    this.action = action;
    this.frame = new StepFrame(tools, scope);
  }

  StepOutcome run() throws SQLException {
    Optional<StepOutcome> before = frame.begin();
    return before.isPresent() ? before.get() : fill();
  }

  private StepOutcome fill() throws SQLException {
    WalkedTable table = new WalkedTable(action.table(), action.key(), frame.serverVersion());
    RangeSplitter splitter = new RangeSplitter(table, SHAPE);
    if (frame.counted(BYTES_BEFORE) == 0) {
      frame.count(BYTES_BEFORE, space().bytes());
    }
    StepLedger whole = frame.ledger();
    List<RangeRecord> ranges = frame.ranges(whole, splitter::split);
    Shift shift = new Shift(tools, scope, StepFrame.rows(ranges), action.rows());
    FillStatements statements = new FillStatements(table, action.set(), action.where(), whole);
    shift.work(StepFrame.open(ranges), pace -> new FillRange(statements, table, pace, SET_ASIDE));

    List<RangeRecord> all = new ArrayList<>(frame.done(frame.ranges(whole)));
    List<StepLedger> parts = new ArrayList<>();
    boolean changed = action.moved() == MovedRows.LOOK_AGAIN || !frame.setAside(whole).isEmpty();
    while (changed && parts.size() < CLOSING_PASSES) {
      StepLedger part = whole.part("closing-" + (parts.size() + 1));
      parts.add(part);
      List<RangeRecord> closed = close(table, part, splitter, shift);
      all.addAll(closed);
      changed = StepFrame.rows(closed) > 0;
    }
    requireNoneAside(parts);
    return frame.done(figures(all));
  }

  private SortedMap<String, Long> figures(List<RangeRecord> all) {
    SortedMap<String, Long> figures = new TreeMap<>();
    figures.put("rows", StepFrame.rows(all) + frame.counted(CLOSED));
    figures.put("batches", StepFrame.batches(all));
    figures.put(StepFrame.REPEATED, frame.counted(StepFrame.REPEATED));
    TableSpace after = space();
    figures.put("deadRows", after.deadRows());
    figures.put("tableGrowthBytes", after.bytes() - frame.counted(BYTES_BEFORE));
    return figures;
  }

  private TableSpace space() {
    return TableSpace.read(tools.jdbi(), action.table());
  }

  private List<RangeRecord> close(
      WalkedTable table, StepLedger part, RangeSplitter splitter, Shift shift) throws SQLException {
    FillStatements statements =
        new FillStatements(
            table, action.set(), "(%s) AND (%s)".formatted(action.where(), changing()), part);
    List<RangeRecord> ranges = frame.ranges(part, splitter::split);
    shift.work(
        StepFrame.open(ranges),
        pace -> new CloseRange(statements, new FillRange(statements, table, pace, SET_ASIDE)));
    return frame.done(frame.ranges(part));
  }

  /** The next call makes the passes anew: by then somebody may have put the rows right. */
  private void requireNoneAside(List<StepLedger> passes) {
    if (passes.isEmpty()) {
      return;
    }
    List<PoisonRow> aside = frame.setAside(passes.get(passes.size() - 1));
    if (!aside.isEmpty()) {
      passes.forEach(pass -> frame.close(pass, CLOSED, StepFrame.rows(frame.ranges(pass))));
      throw SetAside.failure(aside, scope.step());
    }
  }

  /** As text: not every type can be compared. */
  private String changing() {
    return action.set().stream()
        .map(
            one ->
                "%s::text IS DISTINCT FROM (%s)::text"
                    .formatted(Quoted.name(one.column()), one.expression()))
        .collect(Collectors.joining(" OR "));
  }
}
