package dev.lockstep.activities.postgres.rows;

import dev.lockstep.activities.ledger.RangeRecord;
import dev.lockstep.activities.postgres.PartitionTree;
import dev.lockstep.activities.postgres.PartitionTree.Partition;
import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.RowKey;
import dev.lockstep.definitions.plan.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The parts of a table: itself, or each partition with rows, so that no statement is planned over
 * all of them. Partitions come and go while a step works:
 *
 * <ol>
 *   <li>One that is new is among the parts at the next look, and its rows in a pass of its own.
 *   <li>One that is detached or dropped is done: what is left of it belongs to somebody else.
 * </ol>
 *
 * <p>A partition's ranges stand in the ledger as those of the part {@code STEP/partition NAME}.
 */
final class Parts {
  private final Jdbi jdbi;
  private final StepFrame frame;
  private final TableName table;
  private final RowKey key;
  private final int version;

  Parts(Jdbi jdbi, StepFrame frame, TableName table, RowKey key) {
    this.jdbi = jdbi;
    this.frame = frame;
    this.table = table;
    this.key = key;
    this.version = frame.serverVersion();
  }

  /** The parts of now. */
  List<Part> now(StepLedger ledger) {
    Optional<List<Partition>> partitions =
        jdbi.withHandle(handle -> PartitionTree.find(handle, table));
    return partitions
        .map(
            all ->
                all.stream()
                    .filter(Partition::leaf)
                    .map(leaf -> partition(leaf.name(), ledger))
                    .toList())
        .orElseGet(() -> List.of(new Part(new WalkedTable(table, key, version), ledger)));
  }

  private Part partition(TableName partition, StepLedger ledger) {
    return new Part(
        WalkedTable.partition(table, partition, key, version),
        ledger.part("partition " + partition));
  }

  /** The ranges of the parts, those of an earlier call or else new ones. */
  List<Portion> portions(List<Part> parts, Splitting splitting) throws SQLException {
    List<Portion> portions = new ArrayList<>();
    for (Part part : parts) {
      portions.addAll(Portion.of(part, ranges(part, splitting)));
    }
    return portions;
  }

  /** Makes other ranges of a part. */
  void divide(Part part, Splitting splitting) throws SQLException {
    try {
      frame.divide(part.ledger(), session -> splitting.split(part, session));
    } catch (SQLException e) {
      if (!left(part)) {
        throw e;
      }
    }
  }

  private List<RangeRecord> ranges(Part part, Splitting splitting) throws SQLException {
    try {
      return frame.ranges(part.ledger(), session -> splitting.split(part, session));
    } catch (SQLException e) {
      if (left(part)) {
        return List.of();
      }
      throw e;
    }
  }

  private boolean left(Part part) throws SQLException {
    return jdbi.<Boolean, SQLException>withHandle(
        handle -> left(Session.over(handle), part.table()));
  }

  /** The same ranges as they are now. */
  List<RangeRecord> ranges(List<Part> parts) {
    return parts.stream().flatMap(part -> frame.ranges(part.ledger()).stream()).toList();
  }

  /** Whether a partition is one no longer. */
  static boolean left(Session session, WalkedTable walked) throws SQLException {
    String query =
        """
        SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_class
          WHERE oid = pg_catalog.to_regclass(%s) AND relispartition)\
        """
            .formatted(Quoted.text(Quoted.name(walked.relation())));
    return walked.isPartition() && session.value(query).equals("t");
  }

  /** Makes new ranges of one part. */
  @FunctionalInterface
  interface Splitting {
    List<RangeRecord> split(Part part, Session session) throws SQLException;
  }
}
