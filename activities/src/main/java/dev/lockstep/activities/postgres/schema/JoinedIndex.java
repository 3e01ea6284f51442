package dev.lockstep.activities.postgres.schema;

import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the catalogue says of an index of a partition and of the one that it is part of. */
final class JoinedIndex {
  private JoinedIndex() {}

  /** The name of the partition's index that has joined the index {@code whole}. */
  static Optional<TableName> of(Handle handle, TableName whole, TableName partition) {
    return handle
        .createQuery(
            """
            SELECT n.nspname, c.relname FROM pg_inherits i
            JOIN pg_index x ON x.indexrelid = i.inhrelid
            JOIN pg_class c ON c.oid = x.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE i.inhparent = to_regclass(:whole) AND x.indrelid = to_regclass(:partition)
            """)
        .bind("whole", Quoted.name(whole))
        .bind("partition", Quoted.name(partition))
        .map((row, at) -> new TableName(row.getString("nspname"), row.getString("relname")))
        .findFirst();
  }

  /** Whether the index is part of another one. */
  static boolean hasJoined(Handle handle, TableName part) {
    return handle
        .createQuery("SELECT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass(:part))")
        .bind("part", Quoted.name(part))
        .mapTo(Boolean.class)
        .one();
  }

  static boolean exists(Handle handle, TableName index) {
    return handle
        .createQuery("SELECT to_regclass(:index) IS NOT NULL")
        .bind("index", Quoted.name(index))
        .mapTo(Boolean.class)
        .one();
  }

  /** What the parts of an index take on disk. */
  static long bytes(Handle handle, TableName whole) {
    return handle
        .createQuery(
            """
            SELECT coalesce(sum(pg_relation_size(relid)), 0)::bigint
            FROM pg_partition_tree(to_regclass(:whole)) WHERE isleaf
            """)
        .bind("whole", Quoted.name(whole))
        .mapTo(Long.class)
        .one();
  }

  /** As {@code pg_get_indexdef} writes it. */
  static String definition(Handle handle, TableName index) {
    return handle
        .createQuery("SELECT pg_get_indexdef(to_regclass(:index))")
        .bind("index", Quoted.name(index))
        .mapTo(String.class)
        .one();
  }
}
