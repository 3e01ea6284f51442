package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.activities.postgres.rows.CompareRange.Comparison;
import dev.lockstep.definitions.plan.Action;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a table, to be compared.
 *
 * <ol>
 *   <li>They are split into ranges, those of each partition by themselves: {@link Parts}. The last
 *       one has no end, so that rows of meanwhile are compared too. A table without a key is one
 *       range: only a snapshot of all of it misses no row that moves. A small one is one range at
 *       first, and divided where that does not decide: {@link CompareWhole}.
 *   <li>Each range is compared by one statement: {@link CompareRange}.
 *   <li>Partitions that are new by then are compared, too, until there are none.
 * </ol>
 *
 * <p>The ledger holds the ranges under the step or one of its parts, so that a later call goes on.
 */
final class AllRows {
  private static final int SHOWN_KEYS = 5;

  private static final RangeRecord ALL = RangeRecord.fresh(0, Optional.empty(), Optional.empty());

  private final Verification verification;
  private final StepFrame frame;
  private final Action.Verify action;
  private final StepLedger ledger;
  private final Parts source;
  private final Set<StepLedger> divided = new HashSet<>();
  private List<Part> parts = List.of();

  /**
   * The rows of the verification's table.
   *
   * @param ledger the step or the part of it under which the ranges stand
   */
  AllRows(Verification verification, StepFrame frame, StepLedger ledger) {
    this.verification = verification;
    this.frame = frame;
    this.action = verification.action();
    this.ledger = ledger;
    this.source = new Parts(verification.tools().jdbi(), frame, action.table(), action.key());
  }

  /** The ranges, those of an earlier call or else new ones. */
  List<Portion> split() throws SQLException {
    parts = source.now(ledger);
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
    long wrong = compare(parts, shift, repair);
    for (List<Part> fresh = fresh(); !fresh.isEmpty(); fresh = fresh()) {
      parts = Stream.concat(parts.stream(), fresh.stream()).toList();
      wrong += compare(fresh, shift, repair);
    }
    return wrong;
  }

  private long compare(List<Part> some, Shift shift, Optional<RepairFew> repair)
      throws SQLException {
    List<Portion> portions = source.portions(some, this::split);
    AtomicLong wrong = new AtomicLong();
    Set<Part> undecided = ConcurrentHashMap.newKeySet();
    shift.read(
        Portion.open(portions),
        (part, pace) ->
            isWhole(part, portions)
                ? new CompareWhole(
                    comparison(part, Optional.of(verification.extent().patience())),
                    pace,
                    repair,
                    () -> undecided.add(part))
                : new CompareRange(comparison(part, Optional.empty()), pace, repair, wrong));
    if (undecided.isEmpty()) {
      return wrong.get();
    }
    for (Part part : undecided) {
      divided.add(part.ledger());
      source.divide(part, this::ranges);
    }
    return wrong.get() + compare(List.copyOf(undecided), shift, repair);
  }

  private Comparison comparison(Part part, Optional<Duration> patience) {
    return new Comparison(part.table(), action.mismatch(), part.ledger(), patience);
  }

  private boolean isWhole(Part part, List<Portion> portions) {
    return !part.table().physical()
        && !divided.contains(part.ledger())
        && portions.stream().filter(p -> p.part().equals(part)).allMatch(p -> isAll(p.range()));
  }

  private static boolean isAll(RangeRecord range) {
    return range.low().isEmpty() && range.high().isEmpty();
  }

  /** Partitions that were not there at the last look. */
  private List<Part> fresh() {
    Set<StepLedger> known = parts.stream().map(Part::ledger).collect(Collectors.toSet());
    return source.now(ledger).stream().filter(p -> !known.contains(p.ledger())).toList();
  }

  private List<RangeRecord> split(Part part, Session session) throws SQLException {
    return part.table().physical() || isSmall(part.table(), session)
        ? List.of(ALL)
        : ranges(part, session);
  }

  private boolean isSmall(WalkedTable table, Session session) throws SQLException {
    String query =
        "SELECT pg_table_size(%s::regclass)".formatted(Quoted.text(Quoted.name(table.relation())));
    return Long.parseLong(session.value(query)) <= verification.extent().whole().bytes();
  }

  private List<RangeRecord> ranges(Part part, Session session) throws SQLException {
    List<RangeRecord> ranges =
        new ArrayList<>(
            new RangeSplitter(part.table(), verification.extent().ranges()).split(session));
    if (ranges.isEmpty()) {
      return List.of(ALL);
    }
    RangeRecord last = ranges.remove(ranges.size() - 1);
    ranges.add(RangeRecord.fresh(last.number(), last.low(), Optional.empty()));
    return ranges;
  }

  /**
   * What is wrong, for people: {@code 9 of 5000 rows of people differ in full: id = 3; id = 17; …}.
   *
   * @param how such as {@code differ in}
   */
  String told(long wrong, String how) throws SQLException {
    return "%d of %d rows of %s %s %s: %s"
        .formatted(
            wrong,
            StepFrame.rows(ranges()),
            action.table(),
            how,
            action.meaning(),
            examples(wrong));
  }

  private String examples(long wrong) throws SQLException {
    List<String> shown =
        verification
            .tools()
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
