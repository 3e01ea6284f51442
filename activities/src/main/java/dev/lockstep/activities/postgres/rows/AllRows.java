package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.rows.CompareRange.Comparison;
import dev.lockstep.activities.postgres.rows.RangeSplitter.Shape;
import dev.lockstep.definitions.plan.Action;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a table, to be compared.
 *
 * <ol>
 *   <li>They are split into ranges, those of each partition by themselves: {@link Parts}. The last
 *       one has no end, so that rows of meanwhile are compared too. A table without a key is one
 *       range: only a snapshot of all of it misses no row that moves.
 *   <li>Each range is compared by one statement: {@link CompareRange}.
 *   <li>Partitions that are new by then are compared, too, until there are none.
 * </ol>
 *
 * <p>The ledger holds the ranges under the step or one of its parts, so that a later call goes on.
 */
final class AllRows {
  private static final int SHOWN_KEYS = 5;

  private final Shift.Tools tools;
  private final StepFrame frame;
  private final Action.Verify action;
  private final Place place;
  private final Parts source;
  private List<Part> parts = List.of();

  /**
   * Where and how the ranges stand.
   *
   * @param ledger the step or one of its parts
   */
  record Place(StepLedger ledger, Shape shape) {}

  AllRows(Shift.Tools tools, StepFrame frame, Action.Verify action, Place place) {
    this.tools = tools;
    this.frame = frame;
    this.action = action;
    this.place = place;
    this.source = new Parts(tools.jdbi(), frame, action.table(), action.key());
  }

  /** The ranges, those of an earlier call or else new ones. */
  List<Portion> split() throws SQLException {
    parts = source.now(place.ledger());
    return source.portions(parts, this::split);
  }

  /** The partitions that were seen so far, or the table. */
  List<Part> parts() {
    return parts;
  }

  /** The ranges of a part that stands beside one of these, those of an earlier call or new ones. */
  List<Portion> portions(Part part, Parts.Splitting splitting) throws SQLException {
    return source.portions(List.of(part), splitting);
  }

  /** The ranges as they are now. */
  List<RangeRecord> ranges() {
    return source.ranges(parts);
  }

  /**
   * Compares what is open, and says how many rows differ in the end.
   *
   * @param repair of a few rows on the way
   */
  long compare(Shift shift, Optional<RepairFew> repair) throws SQLException {
    long wrong = compare(source.portions(parts, this::split), shift, repair);
    for (List<Part> fresh = fresh(); !fresh.isEmpty(); fresh = fresh()) {
      parts = Stream.concat(parts.stream(), fresh.stream()).toList();
      wrong += compare(source.portions(fresh, this::split), shift, repair);
    }
    return wrong;
  }

  private long compare(List<Portion> portions, Shift shift, Optional<RepairFew> repair) {
    AtomicLong wrong = new AtomicLong();
    shift.read(
        Portion.open(portions),
        (part, pace) ->
            new CompareRange(
                new Comparison(part.table(), action.mismatch(), part.ledger()),
                pace,
                repair,
                wrong));
    return wrong.get();
  }

  /** Partitions that were not there at the last look. */
  private List<Part> fresh() {
    Set<StepLedger> known = parts.stream().map(Part::ledger).collect(Collectors.toSet());
    return source.now(place.ledger()).stream().filter(p -> !known.contains(p.ledger())).toList();
  }

  private List<RangeRecord> split(Part part, Session session) throws SQLException {
    WalkedTable table = part.table();
    RangeRecord all = RangeRecord.fresh(0, Optional.empty(), Optional.empty());
    if (table.physical()) {
      return List.of(all);
    }
    List<RangeRecord> ranges =
        new ArrayList<>(new RangeSplitter(table, place.shape()).split(session));
    if (ranges.isEmpty()) {
      return List.of(all);
    }
    RangeRecord last = ranges.remove(ranges.size() - 1);
    ranges.add(RangeRecord.fresh(last.number(), last.low(), Optional.empty()));
    return ranges;
  }

  /** Some of the rows that differ, for people: {@code id = 3; id = 17; …}. */
  String examples(long wrong) throws SQLException {
    List<String> shown =
        tools
            .jdbi()
            .<List<String>, SQLException>withHandle(handle -> examples(Session.over(handle)));
    return String.join("; ", shown) + (shown.size() < wrong ? "; …" : "");
  }

  private List<String> examples(Session session) throws SQLException {
    List<Portion> wrong =
        parts.stream()
            .flatMap(p -> Portion.of(p, StepFrame.open(frame.ranges(p.ledger()))).stream())
            .toList();
    List<String> shown = new ArrayList<>();
    for (Portion portion : wrong) {
      WalkedTable table = portion.part().table();
      if (shown.size() < SHOWN_KEYS) {
        String query =
            "SELECT %s FROM %s WHERE %s AND (%s) LIMIT %s"
                .formatted(
                    table.keyText(),
                    table.reference(),
                    table.within(Interval.of(portion.range())),
                    action.mismatch(),
                    SHOWN_KEYS - shown.size());
        session.values(query).stream().map(Key::parse).map(table::place).forEach(shown::add);
      }
    }
    return shown;
  }
}
