package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import java.util.List;

/**
 * Everything a run will do, in order.
 *
 * @param migration its name
 * @param database its name
 * @param tables that the run claims, sorted
 */
public record Plan(
    String migration,
    String database,
    List<TableName> tables,
    List<PlannedStep> steps,
    List<Hazard> hazards,
    Limits limits,
    Migration.OnFailure onFailure) {
  public Plan {
    tables = List.copyOf(tables);
    steps = List.copyOf(steps);
    hazards = List.copyOf(hazards);
  }
}
