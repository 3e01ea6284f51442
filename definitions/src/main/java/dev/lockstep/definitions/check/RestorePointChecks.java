package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.RestorePoint;
import java.util.List;

/** What a migration's restore point must keep. */
record RestorePointChecks(Migration migration, Known known, List<Problem> problems) {
  private static final String BACKUP = "spec.restorePoint.backup";

  void check(RestorePoint point) {
    known
        .refer(Backup.class, new Reference(BACKUP, point.backup(), problems))
        .filter(backup -> !backup.database().equals(migration.database()))
        .ifPresent(
            backup ->
                problems.add(
                    Problem.at(
                        BACKUP,
                        Code.CHOICE_WRONG,
                        "is `%s`, which is a backup of `%s`; wanted one of `%s`"
                            .formatted(point.backup(), backup.database(), migration.database()))));
    point
        .maxAge()
        .ifPresent(
            age ->
                new Ranges(problems)
                    .check(
                        "spec.restorePoint.maxAge",
                        age,
                        BackupChecks.SHORTEST_OBJECTIVE,
                        BackupChecks.LONGEST_OBJECTIVE));
  }
}
