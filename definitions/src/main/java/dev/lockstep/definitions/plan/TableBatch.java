package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * What some changes of one table add, fill and prove. All changes of a migration are one batch;
 * with an explicit order each change is one.
 */
final class TableBatch {
  /** New columns that follow nothing, each with the statement that drops it. */
  final List<Reversible> columns = new ArrayList<>();

  /** Statements about new columns that go with them. */
  final List<String> details = new ArrayList<>();

  /** New columns that follow others, as they are stored. */
  final List<Column> followers = new ArrayList<>();

  /** Statements about followers that go with them. */
  final List<String> followerDetails = new ArrayList<>();

  /** How they follow. */
  final List<FreshColumn> fresh = new ArrayList<>();

  /** Old columns that follow others. */
  final List<StaleColumn> stale = new ArrayList<>();

  /** New columns with the SQL of their value in rows that are there. */
  final List<Action.Assignment> fills = new ArrayList<>();

  /** Columns that must have a value in every row and follow nothing. */
  final List<String> present = new ArrayList<>();

  /** Columns under another name or type. */
  final List<Move> moves = new ArrayList<>();

  /** Over columns that are there. */
  final List<IndexBuild> earlyIndexes = new ArrayList<>();

  /** Over columns that are filled by then. */
  final List<IndexBuild> lateIndexes = new ArrayList<>();

  /** Over columns that are there. */
  final List<NewConstraint> earlyConstraints = new ArrayList<>();

  /**
   * Over new columns: added when rows are filled and compared, so that no client is refused for a
   * row that was not filled yet.
   */
  final List<NewConstraint> lateConstraints = new ArrayList<>();

  /**
   * A column whose part a new one takes over.
   *
   * @param stored the new one's name until contract
   */
  record Move(String from, String stored) {}

  boolean synchronises() {
    return !fresh.isEmpty() || !stale.isEmpty();
  }
}
