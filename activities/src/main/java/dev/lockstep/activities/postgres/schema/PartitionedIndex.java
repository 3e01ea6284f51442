package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.PartitionTree;
import dev.lockstep.activities.postgres.PartitionTree.Partition;
import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.dialect.PartitionIndexes;
import dev.lockstep.activities.postgres.schema.ConcurrentIndex.IndexName;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.plan.LockMode;
import dev.lockstep.definitions.plan.TableLock;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Builds and drops an index of a partitioned table: the server does neither concurrently there.
 *
 * <ol>
 *   <li>Make the table's index alone. It is not valid, and nothing uses it, but partitions that are
 *       made from now on have theirs at once.
 *   <li>Partition by partition, from above: build its index concurrently, then let it join that of
 *       its parent. A partition that has joined is done; an invalid left-over is built anew. One
 *       that was detached or dropped meanwhile is left out.
 *   <li>With the last of them the server calls the table's index valid.
 * </ol>
 *
 * <p>Making and joining take locks for a moment, and only under {@link LockProtocol}; joining locks
 * the partition's index against queries that are planned, not the partition. To drop the index, the
 * server locks the table with all partitions.
 */
final class PartitionedIndex implements TableIndex {
  private final Jdbi jdbi;
  private final StepScope scope;
  private final Reporter reporter;
  private final TableName table;
  private final String index;
  private final LockProtocol protocol;

  PartitionedIndex(Jdbi jdbi, StepScope scope, Reporter reporter, IndexName name) {
    this.jdbi = jdbi;
    this.scope = scope;
    this.reporter = reporter;
    this.table = name.table();
    this.index = name.index();
    this.protocol = new LockProtocol(scope, reporter);
  }

  /** Of the table, or else of any partition. */
  @Override
  public Optional<IndexState> find(Handle handle) {
    return whole(handle)
        .or(
            () ->
                partitions(handle).stream()
                    .flatMap(p -> IndexState.find(handle, p.name(), part(p).index()).stream())
                    .findFirst());
  }

  @Override
  public IndexState build(Handle handle, String sql) {
    Optional<IndexState> before = whole(handle);
    if (before.isEmpty()) {
      make(handle, table, sql);
    } else {
      requireOwn(before.get());
    }
    Map<TableName, TableName> made = new HashMap<>();
    made.put(table, nameFor(table));
    for (Partition partition : partitions(handle)) {
      try {
        made.put(partition.name(), build(handle, partition, made.get(partition.parent())));
      } catch (ApplicationFailure | JdbiException e) {
        if (partitions(handle).contains(partition)) {
          throw e;
        }
      }
    }
    if (whole(handle).filter(state -> !state.valid()).isPresent()) {
      askAgain(handle, made);
    }
    return whole(handle)
        .filter(IndexState::valid)
        .map(state -> state.of(JoinedIndex.bytes(handle, nameFor(table))))
        .orElseThrow(
            () -> unexpected("is not valid: a partition went while it was built; build it anew"));
  }

  /**
   * The server looks at the whole only when a part joins, and so misses that the last one went.
   * PostgreSQL 18 looks again where a part joins that has joined; 13 does not.
   */
  private void askAgain(Handle handle, Map<TableName, TableName> made) {
    partitions(handle).stream()
        .filter(partition -> partition.parent().equals(table))
        .flatMap(partition -> Stream.ofNullable(made.get(partition.name())))
        .findFirst()
        .ifPresent(part -> join(handle, nameFor(table), part));
  }

  /**
   * Sees to it that a partition's index has joined that of its parent.
   *
   * @return its name: the server's, where the partition was made after the table's index
   */
  private TableName build(Handle handle, Partition partition, @Nullable TableName whole) {
    if (whole == null) {
      throw unexpected("has no part for " + partition.parent() + ", which went meanwhile");
    }
    Optional<TableName> joined = JoinedIndex.of(handle, whole, partition.name());
    if (joined.isPresent()) {
      return joined.get();
    }
    IndexName part = part(partition);
    String definition = JoinedIndex.definition(handle, nameFor(table));
    if (partition.leaf()) {
      String sql = PartitionIndexes.buildLeaf(definition, part.index(), partition.name());
      new ConcurrentIndex(jdbi, scope, reporter, part).build(handle, sql);
    } else if (IndexState.find(handle, partition.name(), part.index()).isEmpty()) {
      String sql = PartitionIndexes.makeBranch(definition, part.index(), partition.name());
      make(handle, partition.name(), sql);
    }
    join(handle, whole, nameFor(partition.name()));
    return nameFor(partition.name());
  }

  private void make(Handle handle, TableName alone, String sql) {
    List<TableLock> taken = List.of(new TableLock(alone, LockMode.SHARE));
    protocol.waiting(handle, taken, transaction -> PlainSql.run(transaction, sql));
  }

  private void join(Handle handle, TableName whole, TableName part) {
    List<TableLock> taken = List.of(new TableLock(part, LockMode.ACCESS_EXCLUSIVE));
    String sql = PartitionIndexes.attach(whole, part);
    protocol.waiting(handle, taken, transaction -> PlainSql.run(transaction, sql));
  }

  @Override
  public void remove(Handle handle) {
    whole(handle).ifPresent(this::requireOwn);
    drop(handle, List.of(nameFor(table)));
  }

  /** Parts that have not joined yet are dropped by themselves. */
  @Override
  public void takeBack(Handle handle) {
    List<Partition> partitions = partitions(handle);
    for (Partition partition : partitions) {
      IndexName part = part(partition);
      boolean alone = partition.leaf() && !JoinedIndex.hasJoined(handle, nameFor(partition.name()));
      if (alone) {
        new ConcurrentIndex(jdbi, scope, reporter, part).remove(handle);
      }
    }
    whole(handle).ifPresent(this::requireOwn);
    List<TableName> branches =
        partitions.stream().filter(p -> !p.leaf()).map(p -> nameFor(p.name())).toList();
    drop(handle, List.of(nameFor(table)));
    drop(handle, branches);
  }

  /** Each with its parts, where it is there. */
  private void drop(Handle handle, List<TableName> indexes) {
    List<TableName> there =
        indexes.stream().filter(name -> JoinedIndex.exists(handle, name)).toList();
    if (!there.isEmpty()) {
      protocol.within(
          handle,
          List.of(new TableLock(table, LockMode.ACCESS_EXCLUSIVE)),
          transaction ->
              there.forEach(name -> PlainSql.run(transaction, PartitionIndexes.drop(name))));
    }
  }

  private Optional<IndexState> whole(Handle handle) {
    return IndexState.find(handle, table, index);
  }

  private List<Partition> partitions(Handle handle) {
    return PartitionTree.find(handle, table).orElse(List.of());
  }

  private IndexName part(Partition partition) {
    return new IndexName(partition.name(), nameFor(partition.name()).name());
  }

  /** The name of the index of the table or of a partition. */
  private TableName nameFor(TableName relation) {
    String name = relation.equals(table) ? index : PartitionIndexes.name(index, relation);
    return new TableName(relation.schema(), name);
  }

  private void requireOwn(IndexState state) {
    if (!state.ofTable()) {
      throw unexpected("is not there, but another table has an index of that name");
    }
  }

  @Override
  public RuntimeException unexpected(String what) {
    return Faults.failure(
        FaultCode.OBJECT_UNEXPECTED, "index " + index + " of " + table + " " + what, scope.step());
  }
}
