package dev.lockstep.activities.postgres.schema;

import dev.lockstep.definitions.plan.TableName;
import org.jdbi.v3.core.Handle;

/** Whether tables are there. */
final class Tables {
  private Tables() {}

  static boolean exist(Handle handle, TableName table) {
    return handle
        .createQuery("SELECT to_regclass(format('%I.%I', :schema, :table)) IS NOT NULL")
        .bind("schema", table.schema())
        .bind("table", table.name())
        .mapTo(Boolean.class)
        .one();
  }
}
