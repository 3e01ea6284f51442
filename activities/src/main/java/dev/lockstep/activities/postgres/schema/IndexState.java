package dev.lockstep.activities.postgres.schema;

import dev.lockstep.definitions.plan.TableName;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * An index as the catalogue has it.
 *
 * @param ofTable whether it belongs to the table asked for
 * @param valid false for the left-over of a build that did not end
 * @param bytes on disk
 */
record IndexState(boolean ofTable, boolean unique, boolean valid, long bytes) {
  /** The same with the size of its parts. */
  IndexState of(long bytesOfParts) {
    return new IndexState(ofTable, unique, valid, bytesOfParts);
  }

  /** The index of that name in the table's schema. */
  static Optional<IndexState> find(Handle handle, TableName table, String index) {
    return handle
        .createQuery(
            """
            SELECT indrelid = to_regclass(format('%I.%I', :schema, :table)) AS of_table,
              indisunique, indisvalid AND indisready AS valid,
              pg_relation_size(indexrelid) AS bytes
            FROM pg_index
            WHERE indexrelid = to_regclass(format('%I.%I', :schema, :index))
            """)
        .bind("schema", table.schema())
        .bind("table", table.name())
        .bind("index", index)
        .map(
            (row, at) ->
                new IndexState(
                    row.getBoolean("of_table"),
                    row.getBoolean("indisunique"),
                    row.getBoolean("valid"),
                    row.getLong("bytes")))
        .findOne();
  }
}
