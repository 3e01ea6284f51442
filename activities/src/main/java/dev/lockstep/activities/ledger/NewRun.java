package dev.lockstep.activities.ledger;

import dev.lockstep.definitions.plan.TableName;
import java.util.List;

/**
 * A run that begins.
 *
 * @param kind of the definition, such as {@code Migration}
 * @param database its name in the definition
 * @param tables that it claims
 */
public record NewRun(RunRecord run, String kind, String database, List<TableName> tables) {
  public NewRun {
    tables = List.copyOf(tables);
  }
}
