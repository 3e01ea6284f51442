package dev.lockstep.activities.restore;

import dev.lockstep.activities.restore.BackupSource.StoredBackup;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.activities.storage.Stores;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.contract.Conclusion;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes the evidence of a drill, once. Nothing in it depends on when it is written: a call that is
 * made again finds the same bytes.
 */
final class DrillEvidence {
  private final Stores stores;
  private final BackupSource backups;
  private final SigningKeys keys;

  DrillEvidence(Stores stores, BackupSource backups, SigningKeys keys) {
    this.stores = stores;
    this.backups = backups;
    this.keys = keys;
  }

  void conclude(Conclusion conclusion, Drill drill) {
    Evidence plain = evidence(conclusion, drill);
    Evidence evidence =
        drill
            .signingKey()
            .map(reference -> SignedEvidence.sign(plain, Ed25519Key.parse(keys.read(reference))))
            .orElse(plain);
    try (ObjectStore store = stores.open(conclusion.copy().store())) {
      write(store, RunKeys.drill(conclusion, drill), SignedEvidence.bytes(evidence));
    }
    if (evidence.verdict() == Verdict.VERIFIED) {
      backups.restored(conclusion.copy(), evidence.run(), evidence.ended());
    }
    if (conclusion.state() == RunState.SUCCEEDED) {
      requireMet("restored in", evidence.rto());
      requireMet("the restored data was old by", evidence.rpo());
    }
  }

  private static void requireMet(String what, Evidence.Measure measure) {
    if (measure.isMissed()) {
      throw Faults.failure(
          FaultCode.OBJECTIVE_MISSED,
          "%s %s, and the objective is at most %s"
              .formatted(what, measure.measured().orElseThrow(), measure.objective().orElseThrow()),
          "");
    }
  }

  private Evidence evidence(Conclusion conclusion, Drill drill) {
    DrillSteps steps = new DrillSteps(conclusion.steps());
    Optional<Known> known = known(conclusion);
    Evidence.Measure rto = Evidence.Measure.of(steps.recoveryTime(), drill.rto());
    Evidence.Measure rpo =
        Evidence.Measure.of(
            known.map(it -> Duration.between(it.snapshot(), conclusion.started())), drill.rpo());
    Evidence evidence =
        new Evidence(
            Evidence.VERSION,
            drill.name(),
            conclusion.scope().run().id(),
            conclusion.copy().backup().name(),
            conclusion.copy().id(),
            known.map(Known::manifestSha256),
            conclusion.started(),
            steps.end().filter(conclusion.started()::isBefore).orElse(conclusion.started()),
            Verdict.COULD_NOT_VERIFY,
            rto,
            rpo,
            steps.checks(drill),
            conclusion.steps(),
            conclusion.fault(),
            Optional.empty());
    return evidence.with(DrillVerdict.of(conclusion.state(), evidence));
  }

  /** What the manifest says. */
  private record Known(String manifestSha256, Instant snapshot) {}

  /** Empty where the backup itself is to blame; what passes is thrown, to be tried again. */
  private Optional<Known> known(Conclusion conclusion) {
    try (StoredBackup backup = backups.open(conclusion.copy())) {
      return Optional.of(new Known(backup.manifestSha256(), backup.facts().snapshot()));
    } catch (ApplicationFailure e) {
      if (FaultCode.valueOf(e.getType()).kind().retried()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static void write(ObjectStore store, String key, byte[] bytes) {
    try {
      store.put(key, bytes, Existing.REFUSED);
    } catch (ApplicationFailure e) {
      if (!FaultCode.OBJECT_EXISTS.name().equals(e.getType())
          || !Arrays.equals(bytes, Stored.bytes(store, key))) {
        throw e;
      }
    }
  }
}
