package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.RestorePoint;
import java.time.Duration;
import java.util.List;

/** What a migration's restore point must keep. */
record RestorePointChecks(Migration migration, Known known, List<Problem> problems) {
  private static final String BACKUP = "spec.restorePoint.backup";

  /** Less is over before anybody misses it. */
  private static final Duration SHORTEST_KEPT = Duration.ofHours(1);

  /** Ten years: longer than laws ask for business records. */
  private static final Duration LONGEST_KEPT = Duration.ofDays(3660);

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
    point
        .keepDropped()
        .filter(age -> !age.isZero())
        .ifPresent(
            age ->
                new Ranges(problems)
                    .check("spec.restorePoint.keepDropped", age, SHORTEST_KEPT, LONGEST_KEPT));
  }
}
