package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.rows.CompareRange.Comparison;
import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rows of a table, to be compared range by range: {@link CompareRange}. The ledger holds the
 * ranges under the step or one of its parts, so that a later call goes on.
 */
final class AllRows {
  private static final int SHOWN_KEYS = 5;

  private final Shift.Tools tools;
  private final StepFrame frame;
  private final Comparison comparison;
  private final Shape shape;

  AllRows(Shift.Tools tools, StepFrame frame, Comparison comparison, Shape shape) {
    this.tools = tools;
    this.frame = frame;
    this.comparison = comparison;
    this.shape = shape;
  }

  /**
   * The ranges, those of an earlier call or else new ones. The last one has no end, so that rows of
   * meanwhile are compared too. A table without a key is one range: only a snapshot of all of it
   * misses no row that moves.
   */
  List<RangeRecord> split() throws SQLException {
    return frame.ranges(comparison.ledger(), this::split);
  }

  private List<RangeRecord> split(Session session) throws SQLException {
    WalkedTable table = comparison.table();
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

  /** The ranges as they are now. */
  List<RangeRecord> ranges() {
    return frame.ranges(comparison.ledger());
  }

  /** Compares what is open, and says how many rows differ. */
  long compare(Shift shift) {
    AtomicLong wrong = new AtomicLong();
    shift.read(StepFrame.open(ranges()), pace -> new CompareRange(comparison, pace, wrong));
    return wrong.get();
  }

  /** Some of the rows that differ, for people: {@code id = 3; id = 17; …}. */
  String examples(long wrong) throws SQLException {
    List<String> shown =
        tools
            .jdbi()
            .<List<String>, SQLException>withHandle(
                handle -> examples(StepFrame.open(ranges()), Session.over(handle)));
    return String.join("; ", shown) + (shown.size() < wrong ? "; …" : "");
  }

  private List<String> examples(List<RangeRecord> wrong, Session session) throws SQLException {
    WalkedTable table = comparison.table();
    List<String> shown = new ArrayList<>();
    for (RangeRecord range : wrong) {
      if (shown.size() < SHOWN_KEYS) {
        String query =
            "SELECT %s FROM %s WHERE %s AND (%s) LIMIT %s"
                .formatted(
                    table.keyText(),
                    table.reference(),
                    table.within(Interval.of(range)),
                    comparison.mismatch(),
                    SHOWN_KEYS - shown.size());
        session.values(query).stream().map(Key::parse).map(table::values).forEach(shown::add);
      }
    }
    return shown;
  }
}
