package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.activities.postgres.rows.StepLedger.Standing;
import dev.lockstep.definitions.plan.Action.Assignment;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements of a backfill, each one message. What is the same in every batch is written once:
 * short batches would take as long to be written as to be run. Not safe for several threads.
 */
final class FillStatements {
  /** A setting of the transaction: how many rows a batch changed. */
  private static final String CHANGED = "lockstep.changed";

  private static final String READ_CHANGED =
      "SELECT current_setting('%1$s', true) WHERE current_setting('%1$s', true) <> ''"
          .formatted(CHANGED);

  private final WalkedTable table;
  private final String where;
  private final StepLedger ledger;
  private final String update;
  private final String note;
  private final Map<Patience, String> settings = new HashMap<>();

  /** How long a batch may wait for a row's lock, and how long it may take in all. */
  record Patience(Duration lock, Duration all) {}

  /**
   * Statements.
   *
   * @param where SQL: which rows are to be changed
   */
  FillStatements(WalkedTable table, List<Assignment> set, String where, StepLedger ledger) {
    this.table = table;
    this.where = where;
    this.ledger = ledger;
    this.update = "UPDATE " + table.reference() + " SET " + assignments(set) + " WHERE ";
    this.note =
        Sql.together(
            "BEGIN",
            Sql.settings(List.of("synchronous_commit", "off")),
            "UPDATE lockstep.ranges SET state = 'IN_FLIGHT' WHERE ");
  }

  /**
   * Where a batch of so many rows ends: one key text; none where the interval has not as many. The
   * server computes what it selects for skipped rows too, so that the text is made outside.
   */
  String findEnd(Interval left, long rows) {
    List<String> settings = new ArrayList<>(WalkedTable.BY_INDEX);
    settings.addAll(WalkedTable.WALK);
    settings.addAll(List.of("enable_sort", "off", "enable_bitmapscan", "off"));
    return Sql.together(
        Sql.settings(settings),
        "SELECT %s FROM (SELECT %s FROM %s WHERE %s ORDER BY %s OFFSET %s LIMIT 1) AS %s"
            .formatted(
                table.keyText(),
                table.keyColumns(),
                table.reference(),
                table.within(left),
                table.ascending(),
                rows - 1,
                Quoted.name(table.name().name())));
  }

  /**
   * The batch. First a transaction of its own notes that it begins; a crash of the server, which
   * may lose that note, loses the batch too, so its commit does not wait for the disk. Then the
   * batch changes the rows, counts them, and moves the position; the count is the only value. No
   * value where the range is not where it is expected: nothing was changed.
   *
   * <p>A block counts what its statement changed. {@code WITH changed AS (UPDATE … RETURNING 1)}
   * keeps a row for each first, which was seen to cost 6 to 8 % of the batch.
   */
  String fill(Standing standing, Batch batch, Patience patience) {
    String range = ledger.range(standing);
    return Sql.together(
        note + range,
        "COMMIT",
        settings.computeIfAbsent(patience, these -> Sql.settings(settings(these))),
        Quoted.block(changeAndMove(range, standing.number(), batch)),
        READ_CHANGED);
  }

  /** A name in an expression is a column's wherever there is such a column, never the variable. */
  private String changeAndMove(String range, int number, Batch batch) {
    return "\n#variable_conflict use_column\n"
        + "DECLARE lockstep_changed bigint;\n"
        + ("BEGIN PERFORM FROM lockstep.ranges WHERE " + range + " FOR UPDATE;\n")
        + "IF FOUND THEN\n"
        + (update + table.within(batch.interval()) + " AND (" + where + ");\n")
        + "GET DIAGNOSTICS lockstep_changed = ROW_COUNT;\n"
        + ("UPDATE lockstep.ranges SET position = " + Quoted.text(batch.end().text()))
        + ", rows = rows + lockstep_changed, batches = batches + 1, state = "
        + (batch.last() ? "'DONE'" : "'OPEN'")
        + (", updated_at = clock_timestamp() WHERE " + ledger.range(number) + ";\n")
        + ("PERFORM set_config('" + CHANGED + "', lockstep_changed::text, true);\n")
        + "END IF; END\n";
  }

  /** Notes that no batch is under way, after one was rolled back and given up. */
  String release(int number) {
    return "UPDATE lockstep.ranges SET state = 'OPEN', updated_at = clock_timestamp() WHERE "
        + ledger.range(number);
  }

  /**
   * Notes a row as one that cannot be changed and moves the position past it.
   *
   * @param batch the one row
   * @return its one value is how many such rows the step or part has; no value where the range is
   *     not where it is expected: nothing was noted
   */
  String setAside(Standing standing, Batch batch, ApplicationFailure failure) {
    return Sql.together(
        """
        INSERT INTO lockstep.poison_rows (run_id, step_id, key, fault, message)
        SELECT run_id, step_id, %s, %s, %s FROM lockstep.ranges WHERE %s FOR UPDATE
        ON CONFLICT (run_id, step_id, key) DO UPDATE SET fault = excluded.fault,
          message = excluded.message, noted_at = clock_timestamp()\
        """
            .formatted(
                Quoted.text(batch.end().text()),
                Quoted.text(failure.getType()),
                Quoted.text(failure.getOriginalMessage()),
                ledger.range(standing)),
        """
        UPDATE lockstep.ranges AS r SET position = %s, state = '%s', updated_at = clock_timestamp()
        WHERE %s RETURNING (SELECT count(*) FROM lockstep.poison_rows AS p
          WHERE p.run_id = r.run_id AND p.step_id = r.step_id)\
        """
            .formatted(
                Quoted.text(batch.end().text()),
                batch.last() ? "DONE" : "OPEN",
                ledger.range(standing)));
  }

  /** Notes that a range has nothing to be done. */
  String skip(int number) {
    return ledger.done(number);
  }

  /** The step or its part, as the ledger names it. */
  String step() {
    return ledger.step();
  }

  /** How many rows of the interval are to be changed. */
  String count(Interval interval) {
    List<String> settings = new ArrayList<>(WalkedTable.BY_PAGES);
    settings.addAll(WalkedTable.WALK);
    return Sql.together(
        Sql.settings(settings),
        "SELECT count(*) FROM %s WHERE %s AND (%s)"
            .formatted(table.reference(), table.within(interval), where));
  }

  /** For SET. */
  static String assignments(List<Assignment> set) {
    return Sql.list(
        set.stream().map(one -> Quoted.name(one.column()) + " = " + one.expression()).toList());
  }

  /** Of a transaction that changes rows; the synchronisation is silent. */
  static List<String> settings(Patience patience) {
    List<String> settings = new ArrayList<>(WalkedTable.BY_INDEX);
    settings.addAll(WalkedTable.WALK);
    settings.addAll(List.of("lockstep.backfill", "on"));
    settings.addAll(List.of("lock_timeout", patience.lock().toMillis() + "ms"));
    settings.addAll(List.of("statement_timeout", patience.all().toMillis() + "ms"));
    return settings;
  }

  /**
   * Rows that are changed in one transaction.
   *
   * @param last whether no row of the range is left after it
   */
  record Batch(Interval interval, boolean last) {
    Key end() {
      return interval.upTo().orElseThrow();
    }
  }
}
