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
 *   <li>The rows of now are split into ranges, those of each partition by themselves: {@link
 *       Parts}. The ranges are recorded.
 *   <li>Each range is filled, batch by batch: {@link FillRange}.
 *   <li>Closing passes look for rows that a client's change of key or of place carried from before
 *       a walker to behind it. A pass changes only rows that it makes different, so that rows whose
 *       value is rightly NULL end it; it is the last one when it changed nothing, or the third. It
 *       finds the rows of partitions that are new, too. There is none where a later step compares
 *       every row, unless a row was set aside.
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
    Parts parts = new Parts(tools.jdbi(), frame, action.table(), action.key());
    if (frame.counted(BYTES_BEFORE) == 0) {
      frame.count(BYTES_BEFORE, space().bytes());
    }
    List<Part> whole = parts.now(frame.ledger());
    List<Portion> ranges = parts.portions(whole, FillRows::split);
    Shift shift = new Shift(tools, scope, Portion.rows(ranges), action.rows());
    shift.work(Portion.open(ranges), (part, pace) -> fill(part, action.where(), pace));

    List<RangeRecord> all = new ArrayList<>(frame.done(parts.ranges(whole)));
    List<Part> last = List.of();
    List<StepLedger> passes = new ArrayList<>();
    boolean changed = action.moved() == MovedRows.LOOK_AGAIN || !aside(whole).isEmpty();
    while (changed && passes.size() < CLOSING_PASSES) {
      StepLedger pass = frame.ledger().part("closing-" + (passes.size() + 1));
      passes.add(pass);
      last = parts.now(pass);
      List<RangeRecord> closed = close(parts, last, shift);
      all.addAll(closed);
      changed = StepFrame.rows(closed) > 0;
    }
    requireNoneAside(passes, last);
    return frame.done(figures(all));
  }

  private static List<RangeRecord> split(Part part, Session session) throws SQLException {
    return new RangeSplitter(part.table(), SHAPE).split(session);
  }

  private FillRange fill(Part part, String where, FillRange.Pace pace) {
    return new FillRange(statements(part, where), part.table(), pace, SET_ASIDE);
  }

  private FillStatements statements(Part part, String where) {
    return new FillStatements(part.table(), action.set(), where, part.ledger());
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

  private List<RangeRecord> close(Parts parts, List<Part> pass, Shift shift) throws SQLException {
    String where = "(%s) AND (%s)".formatted(action.where(), changing());
    shift.work(
        Portion.open(parts.portions(pass, FillRows::split)),
        (part, pace) -> new CloseRange(statements(part, where), fill(part, where, pace)));
    return frame.done(parts.ranges(pass));
  }

  private List<PoisonRow> aside(List<Part> parts) {
    return parts.stream().flatMap(part -> frame.setAside(part.ledger()).stream()).toList();
  }

  /** The next call makes the passes anew: by then somebody may have put the rows right. */
  private void requireNoneAside(List<StepLedger> passes, List<Part> last) {
    List<PoisonRow> aside = aside(last);
    if (!aside.isEmpty()) {
      passes.forEach(pass -> frame.close(pass, CLOSED, StepFrame.rows(frame.allRanges(pass))));
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
