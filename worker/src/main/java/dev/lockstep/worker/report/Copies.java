package dev.lockstep.worker.report;

import dev.lockstep.activities.backup.Verified;
import dev.lockstep.activities.restore.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the store of a backup, a restore or a drill says.
 *
 * @param backup that the run took, restored or drilled; absent: there is none, or no store was read
 * @param drill what the drill of this run showed
 * @param backups every one of the same definition, newest first
 * @param drills every one of the same definition, newest first
 * @param runs that are recorded of the same definition, newest first
 */
public record Copies(
    Optional<Backup> backup,
    Optional<Drill> drill,
    List<Past> backups,
    List<PastDrill> drills,
    List<PastRun> runs) {
  /** Nothing. */
  static final Copies NONE =
      new Copies(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

  public Copies {
    backups = List.copyOf(backups);
    drills = List.copyOf(drills);
    runs = List.copyOf(runs);
  }

  /** Of a run whose definition has had other runs. */
  static Copies of(List<PastRun> runs) {
    return new Copies(Optional.empty(), Optional.empty(), List.of(), List.of(), runs);
  }

  /**
   * A backup.
   *
   * @param server engine and version
   * @param method how it was taken
   * @param definitionHash of the {@code Backup} that it was taken for
   */
  public record Backup(
      String id,
      String store,
      String server,
      String method,
      Instant snapshot,
      Instant started,
      Instant ended,
      long bytes,
      long storedBytes,
      int objects,
      boolean encrypted,
      String definitionHash,
      List<Verified> verifications) {}

  /** A backup among others. */
  public record Past(
      String id,
      Instant snapshot,
      Instant started,
      Instant ended,
      long bytes,
      long storedBytes,
      boolean verified) {}

  /**
   * The evidence of a drill.
   *
   * @param object its key in the store
   */
  public record Drill(
      String object,
      String backup,
      String verdict,
      Evidence.Measure rto,
      Evidence.Measure rpo,
      List<Evidence.CheckResult> checks,
      Signature signature) {}

  /**
   * Whether others can believe the evidence.
   *
   * @param key X.509 in Base64; absent: it is not signed
   * @param problems what is wrong with it; empty: it is signed by the key that it names, and
   *     unchanged
   */
  public record Signature(Optional<String> key, List<String> problems) {}

  /**
   * A drill among others.
   *
   * @param result absent: the object is no evidence
   */
  public record PastDrill(String object, Optional<Result> result) {}

  /** What it showed. */
  public record Result(
      String run,
      Instant started,
      String backup,
      String verdict,
      Evidence.Measure rto,
      Evidence.Measure rpo) {}

  /**
   * A run among others.
   *
   * @param fault the first one, for people
   */
  public record PastRun(
      String key,
      String state,
      Optional<Instant> started,
      Optional<Instant> ended,
      Optional<String> fault) {}
}
