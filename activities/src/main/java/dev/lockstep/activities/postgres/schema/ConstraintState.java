package dev.lockstep.activities.postgres.schema;

import dev.lockstep.definitions.plan.TableName;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A constraint as the catalogue has it.
 *
 * @param validated whether it is proven for every row
 * @param definition as {@code pg_get_constraintdef} writes it
 * @param violation SQL that is true for a row that breaks it; empty where it is no CHECK
 */
record ConstraintState(boolean validated, String definition, Optional<String> violation) {
  static Optional<ConstraintState> find(Handle handle, TableName table, String constraint) {
    return handle
        .createQuery(
            """
            SELECT convalidated, pg_get_constraintdef(oid) AS definition,
              'NOT (' || pg_get_expr(conbin, conrelid) || ')' AS violation
            FROM pg_constraint
            WHERE conrelid = to_regclass(format('%I.%I', :schema, :table))
              AND conname = :constraint
            """)
        .bind("schema", table.schema())
        .bind("table", table.name())
        .bind("constraint", constraint)
        .map(
            (row, at) ->
                new ConstraintState(
                    row.getBoolean("convalidated"),
                    row.getString("definition"),
                    Optional.ofNullable(row.getString("violation"))))
        .findOne();
  }
}
