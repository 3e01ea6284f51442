package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Approvers;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Migration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a run will do, in order.
 *
 * @param migration its name
 * @param database its name
 * @param tables that the run claims, sorted
 * @param approvers who may pass its gates; absent: anybody
 */
public record Plan(
    String migration,
    String database,
    List<TableName> tables,
    List<PlannedStep> steps,
    List<Hazard> hazards,
    Limits limits,
    Migration.OnFailure onFailure,
    Optional<Approvers> approvers) {
  public Plan {
    tables = List.copyOf(tables);
    steps = List.copyOf(steps);
    hazards = List.copyOf(hazards);
  }

  /** A plan whose gates anybody may pass. */
  public Plan(
      String migration,
      String database,
      List<TableName> tables,
      List<PlannedStep> steps,
      List<Hazard> hazards,
      Limits limits,
      Migration.OnFailure onFailure) {
    this(migration, database, tables, steps, hazards, limits, onFailure, Optional.empty());
  }
}
