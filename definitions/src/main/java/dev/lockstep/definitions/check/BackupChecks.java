package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Backup.Method;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.definitions.model.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a backup's spec must keep. */
public final class BackupChecks {
  /** More than a year of hourly backups, each of which is looked at whenever one is taken. */
  public static final int MOST_KEPT = 10_000;

  /** No store promises more. */
  static final Duration LONGEST_AGE = Duration.ofDays(36_500);

  /** What nobody can keep. */
  static final Duration SHORTEST_OBJECTIVE = Duration.ofSeconds(1);

  /** What nobody needs. */
  static final Duration LONGEST_OBJECTIVE = Duration.ofDays(3_650);

  /** Folders of a store that are no backups: the evidence of drills, the records of runs. */
  private static final Set<String> RESERVED = Set.of("drills", "runs");

  private final Backup backup;
  private final Known known;
  private final List<Problem> problems;

  BackupChecks(Backup backup, Known known, List<Problem> problems) {
    this.backup = backup;
    this.known = known;
    this.problems = problems;
  }

  void check() {
    if (RESERVED.contains(backup.name())) {
      problems.add(
          Problem.at(
              "metadata.name",
              Code.VALUE_WRONG,
              "is `" + backup.name() + "`, under which a store keeps something else"));
    }
    Optional<Database> database =
        known.refer(Database.class, new Reference("spec.database", backup.database(), problems));
    known.refer(Store.class, new Reference("spec.store", backup.store(), problems));
    if (backup.method() == Method.PORTABLE) {
      portable();
    } else {
      new DumpChecks(backup.dump(), problems).check(database);
    }
    if (backup.dump().scope() == Dump.Scope.SERVER && !backup.tables().isEmpty()) {
      problems.add(
          Problem.at(
              "spec.only",
              Code.CHOICE_WRONG,
              "stands beside dump.scope server, which is everything; wanted one of the two"));
    }
    new TableChecks(problems).check(backup.tables());
    backup.quiesce().ifPresent(new QuiesceChecks(problems)::check);
    retention(backup.retention());
    backup
        .rpo()
        .ifPresent(
            age ->
                new Ranges(problems)
                    .check("spec.objectives.rpo", age, SHORTEST_OBJECTIVE, LONGEST_OBJECTIVE));
  }

  private void portable() {
    if (!backup.dump().equals(Dump.DEFAULT)) {
      problems.add(
          Problem.at(
              "spec.dump",
              Code.CHOICE_WRONG,
              "stands beside method portable, which runs no program; wanted it left out, or method"
                  + " dump"));
    }
  }

  private void retention(Retention retention) {
    count("last", retention.last());
    count("hourly", retention.hourly());
    count("daily", retention.daily());
    count("weekly", retention.weekly());
    count("monthly", retention.monthly());
    count("yearly", retention.yearly());
    retention
        .maxAge()
        .ifPresent(
            age ->
                new Ranges(problems)
                    .check("spec.retention.maxAge", age, SHORTEST_OBJECTIVE, LONGEST_AGE));
  }

  private void count(String field, int kept) {
    if (kept < 0 || kept > MOST_KEPT) {
      problems.add(
          Problem.at(
              "spec.retention." + field,
              Code.VALUE_WRONG,
              "is " + kept + "; wanted 0 to " + MOST_KEPT));
    }
  }
}
