package dev.lockstep.activities.restore;

import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.restore.BackupSource.Sentinel;
import dev.lockstep.activities.restore.BackupSource.StoredBackup;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares a restored database with what the manifest says of the one that was dumped: the sentinel
 * row, where the whole database was dumped and restored, and the number of rows of each table that
 * was counted.
 */
final class CompareManifest {
  /** Differences that a message names. */
  private static final int NAMED = 10;

  private final Marks marks;
  private final StepScope scope;
  private final BackupStep.Compare step;
  private final Reporter reporter;

  CompareManifest(Marks marks, StepScope scope, BackupStep.Compare step, Reporter reporter) {
    this.marks = marks;
    this.scope = scope;
    this.step = step;
    this.reporter = reporter;
  }

  StepOutcome run(BackupSource backups) {
    long began = System.nanoTime();
    try (StoredBackup backup = Alive.asking(reporter, () -> backups.open(step.copy()))) {
      List<String> differences = new ArrayList<>();
      if (step.tables().isEmpty() && step.copy().backup().tables().isEmpty()) {
        backup.sentinel().flatMap(this::sentinelDifference).ifPresent(differences::add);
      }
      SortedMap<String, Long> expected = counted(backup);
      List<String> tables = List.copyOf(expected.keySet());
      SortedMap<String, Long> found = Alive.asking(reporter, () -> marks.count(tables));
      expected.forEach((table, rows) -> difference(table, rows, found).ifPresent(differences::add));
      requireNone(differences);
      return new StepOutcome(
          false,
          new TreeMap<>(
              Map.of(
                  "rowsCompared",
                  expected.values().stream().mapToLong(Long::longValue).sum(),
                  "durationMillis",
                  (System.nanoTime() - began) / 1_000_000)));
    }
  }

  private SortedMap<String, Long> counted(StoredBackup backup) {
    SortedMap<String, Long> rows = new TreeMap<>(backup.facts().rows());
    if (!step.tables().isEmpty()) {
      Set<String> chosen = new TreeSet<>();
      step.tables().forEach(table -> chosen.add(qualified(table)));
      rows.keySet().removeIf(table -> !chosen.contains(table));
    }
    return rows;
  }

  /** Without a schema it is {@code public}'s, for PostgreSQL. */
  private String qualified(String table) {
    return scope.database().engine() == Engine.POSTGRESQL && !table.contains(".")
        ? "public." + table
        : table;
  }

  private Optional<String> sentinelDifference(Sentinel expected) {
    String backup = step.copy().backup().name();
    Optional<String> found =
        Alive.asking(reporter, () -> marks.findSentinel(backup, expected.id()));
    return found.equals(Optional.of(expected.value()))
        ? Optional.empty()
        : Optional.of(
            "the sentinel row of "
                + backup
                + "/"
                + expected.id()
                + " is "
                + found.orElse("not there")
                + " instead of "
                + expected.value());
  }

  private static Optional<String> difference(
      String table, long expected, SortedMap<String, Long> found) {
    @Nullable Long rows = found.get(table);
    if (rows == null) {
      return Optional.of(table + " is not there instead of " + expected + " rows");
    }
    return rows == expected
        ? Optional.empty()
        : Optional.of(table + " has " + rows + " rows instead of " + expected);
  }

  private void requireNone(List<String> differences) {
    if (!differences.isEmpty()) {
      int more = differences.size() - NAMED;
      throw Faults.failure(
          FaultCode.ROWS_DIFFER,
          "restored of "
              + step.copy()
              + ": "
              + String.join("; ", differences.subList(0, Math.min(NAMED, differences.size())))
              + (more > 0 ? "; and " + more + " more" : ""),
          scope.step());
    }
  }
}
