package dev.lockstep.worker.report;

import dev.lockstep.activities.backup.Verified;
import dev.lockstep.activities.restore.Evidence;
import dev.lockstep.workflows.api.StepReport.StepState;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reports of the stored histories of real runs, and what a store might say of them. */
final class Told {
  private static final Path HISTORIES =
      Path.of("..", "workflows", "src", "test", "resources", "histories");
  private static final Instant NIGHT = Instant.parse("2026-11-26T02:00:00Z");

  private Told() {}

  /** The report of a run whose histories are stored under that name. */
  static RunReport of(String workflowId, String name) {
    return HistoryReport.of(workflowId, histories(name));
  }

  /** All histories of that name. */
  static List<List<HistoryEvent>> histories(String name) {
    List<List<HistoryEvent>> all = new ArrayList<>();
    for (int at = 0; Files.exists(file(name, at)); at++) {
      try {
        all.add(
            WorkflowExecutionHistory.fromJson(Files.readString(file(name, at)), "any").getEvents());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  private static Path file(String name, int at) {
    return HISTORIES.resolve(name + "-" + at + ".json");
  }

  /** A rollback after a fault. */
  static RunReport rollback() {
    return of("migration/customer-full-name", "failure-undone");
  }

  /** A fault that a person answered. */
  static RunReport fault() {
    return of("migration/customer-full-name", "held-and-retried");
  }

  /** A pause and new limits. */
  static RunReport decisions() {
    return of("migration/customer-full-name", "paused-and-tuned");
  }

  /** A migration on a real service that waited for a lock. */
  static RunReport lock() {
    return of("migration/customer-token-1", "real-waited-for-a-lock");
  }

  /** A backup with two before it. */
  static RunReport backup() {
    return of("backup/shop-nightly", "backup").with(backups());
  }

  /** A drill whose check failed, with one before it that went well. */
  static RunReport drill() {
    return of("drill/shop-drill", "drill-failed").with(drills());
  }

  /** Every one of them, by the name of its files. */
  static Stream<String> names() {
    return Stream.of("rollback", "fault", "decisions", "lock", "backup", "drill");
  }

  static RunReport named(String name) {
    return switch (name) {
      case "rollback" -> rollback();
      case "fault" -> fault();
      case "decisions" -> decisions();
      case "lock" -> lock();
      case "backup" -> backup();
      case "drill" -> drill();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Copies backups() {
    List<Copies.Past> past =
        IntStream.range(0, 3)
            .mapToObj(
                day -> {
                  Instant started = NIGHT.minus(Duration.ofDays(day));
                  return new Copies.Past(
                      "202611%dT020000Z".formatted(26 - day),
                      started.plusSeconds(2),
                      started,
                      started.plusSeconds(60L - 5L * day),
                      (420L - 20L * day) << 20,
                      (105L - 6L * day) << 20,
                      day != 1);
                })
            .toList();
    Copies.Backup own =
        new Copies.Backup(
            "20261126T020000Z",
            "safe",
            "postgresql 15.20",
            "pg_dump custom by pg_dump 15.20",
            NIGHT.plusSeconds(2),
            NIGHT,
            NIGHT.plusSeconds(60),
            420L << 20,
            105L << 20,
            2,
            true,
            "5f".repeat(32),
            List.of(
                new Verified(
                    NIGHT.plusSeconds(75),
                    Verified.How.READ_BACK,
                    "shop-nightly/20261126T020000Z")));
    return new Copies(
        Optional.of(own),
        Optional.empty(),
        past,
        List.of(),
        List.of(
            new Copies.PastRun(
                "shop-nightly/20261126T020000Z",
                "SUCCEEDED",
                Optional.of(NIGHT),
                Optional.of(NIGHT.plusSeconds(80)),
                Optional.empty()),
            new Copies.PastRun(
                "shop-nightly/20261125T140000Z",
                "ROLLED_BACK",
                Optional.of(NIGHT.minusSeconds(43_200)),
                Optional.of(NIGHT.minusSeconds(43_190)),
                Optional.of("STORE_REFUSED: store safe is full"))));
  }

  private static Copies drills() {
    Evidence.Measure fast =
        measure(Optional.of(Duration.ofSeconds(140)), Duration.ofMinutes(15), Optional.of(true));
    Evidence.Measure none = measure(Optional.empty(), Duration.ofMinutes(15), Optional.empty());
    Evidence.Measure old =
        measure(Optional.of(Duration.ofHours(26)), Duration.ofHours(24), Optional.of(false));
    Evidence.Measure fresh =
        measure(Optional.of(Duration.ofHours(2)), Duration.ofHours(24), Optional.of(true));
    Copies.Drill own =
        new Copies.Drill(
            "drills/shop-drill/20261126T020000Z-20261126T211829Z.json",
            "shop-nightly/20261126T020000Z",
            "failed",
            none,
            old,
            List.of(
                new Evidence.CheckResult("has-orders", StepState.FAILED),
                new Evidence.CheckResult("recent", StepState.PENDING)),
            new Copies.Signature(Optional.of("MCowBQYDK2VwAyEA" + "A".repeat(43)), List.of()));
    return new Copies(
        backups().backup(),
        Optional.of(own),
        backups().backups(),
        List.of(
            past(NIGHT.plusSeconds(69_509), "failed", none, old),
            past(NIGHT.minus(Duration.ofDays(1)), "verified", fast, fresh),
            past(NIGHT.minus(Duration.ofDays(2)), "verified", fast, fresh),
            new Copies.PastDrill("drills/shop-drill/broken.json", Optional.empty())),
        List.of());
  }

  private static Evidence.Measure measure(
      Optional<Duration> measured, Duration objective, Optional<Boolean> met) {
    return new Evidence.Measure(measured, Optional.of(objective), met);
  }

  private static Copies.PastDrill past(
      Instant started, String verdict, Evidence.Measure rto, Evidence.Measure rpo) {
    return new Copies.PastDrill(
        "drills/shop-drill/" + started + ".json",
        Optional.of(
            new Copies.Result(
                "shop-drill/20261126T020000Z", started, "20261126T020000Z", verdict, rto, rpo)));
  }
}
