package dev.lockstep.activities.planning;

import dev.lockstep.definitions.check.Filling;
import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the definitions that a request means, among its own and those that the worker knows. */
final class Resolution {
  private static final String DATABASE_PATH = "definition.spec.database";
  private static final String BACKUP_PATH = "definition.spec.restorePoint.backup";

  private final DefinitionSource source;

  Resolution(DefinitionSource source) {
    this.source = source;
  }

  /**
   * What was found, and where it was written.
   *
   * @param written the migration before its places were filled
   */
  record Found(Resolved resolved, Migration written, Definitions origin) {
    static Found of(Migration migration, Database database, Definitions origin) {
      return new Found(new Resolved(migration, database), migration, origin);
    }
  }

  Found find(PlanRequest request) {
    Found found = request.name().map(this::known).orElseGet(() -> inline(request));
    Filling filling = Filling.of(found.resolved().migration(), request.parameters());
    requireNone(filling.problems());
    return new Found(
        new Resolved(filling.migration(), found.resolved().database()),
        found.written(),
        found.origin());
  }

  private Found known(String name) {
    Definitions known = source.read();
    requireNone(known.problems());
    Migration migration =
        known.findMigration(name).orElseThrow(() -> unknown("migration", name, known.migrations()));
    return Found.of(migration, database(migration, known), known);
  }

  private Found inline(PlanRequest request) {
    Definitions given = Definitions.loadRequest(request.tree());
    List<Migration> migrations = given.migrations();
    requireNone(given.problems().stream().filter(p -> !answered(p, migrations)).toList());
    if (migrations.size() != 1) {
      throw Faults.failure(
          FaultCode.DEFINITION_WRONG,
          "definition: one Migration is needed, there are " + migrations.size(),
          "");
    }
    Migration migration = migrations.get(0);
    return Found.of(migration, database(migration, given), given);
  }

  private Database database(Migration migration, Definitions nearest) {
    return nearest
        .findDatabase(migration.database())
        .or(() -> source.read().findDatabase(migration.database()))
        .orElseThrow(
            () ->
                unknown(
                    "database",
                    migration.database(),
                    source.read().all().stream().filter(Database.class::isInstance).toList()));
  }

  /** A request alone need not hold what the worker knows. */
  private boolean answered(Problem problem, List<Migration> migrations) {
    if (problem.code() != Problem.Code.REFERENCE_UNKNOWN) {
      return false;
    }
    return switch (problem.path()) {
      case DATABASE_PATH ->
          migrations.stream()
              .allMatch(migration -> source.read().findDatabase(migration.database()).isPresent());
      case BACKUP_PATH ->
          migrations.stream()
              .flatMap(migration -> migration.restorePoint().stream())
              .allMatch(point -> source.read().findBackup(point.backup()).isPresent());
      // Of a backup beside it: asked for when the restore point is looked for. Of a notification:
      // it may be about definitions that are not here.
      default ->
          problem.path().startsWith("backups[") || problem.path().startsWith("notifications[");
    };
  }

  private static void requireNone(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw Faults.failure(
          FaultCode.DEFINITION_WRONG,
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
          "");
    }
  }

  private static ApplicationFailure unknown(
      String kind, String name, List<? extends Definition> known) {
    String names =
        known.isEmpty()
            ? "none"
            : known.stream().map(Definition::name).sorted().collect(Collectors.joining(", "));
    return Faults.failure(
        FaultCode.DEFINITION_UNKNOWN,
        "the " + kind + " " + name + " is neither given nor known to the worker; known: " + names,
        "");
  }
}
