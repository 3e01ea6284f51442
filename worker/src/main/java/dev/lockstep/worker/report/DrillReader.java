package dev.lockstep.worker.report;

import dev.lockstep.activities.restore.DrillHistory;
import dev.lockstep.activities.restore.Evidence;
import dev.lockstep.activities.restore.EvidenceCheck;
import dev.lockstep.activities.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads evidence. */
record DrillReader(ObjectStore store) {
  /**
   * What the drill of a run showed; empty where it left none.
   *
   * @param drills the newest first
   * @param since when the run began; empty: the newest is meant
   */
  Optional<Copies.Drill> find(List<DrillHistory.Past> drills, Optional<Instant> since) {
    return newest(drills)
        .filter(past -> since.isEmpty() || !started(past).isBefore(since.get()))
        .flatMap(past -> past.evidence().map(evidence -> drill(past.key(), evidence)));
  }

  /** The newest that can be read. */
  static Optional<DrillHistory.Past> newest(List<DrillHistory.Past> drills) {
    return drills.stream().filter(past -> past.evidence().isPresent()).findFirst();
  }

  static Copies.PastDrill past(DrillHistory.Past past) {
    return new Copies.PastDrill(
        past.key(),
        past.evidence()
            .map(
                it ->
                    new Copies.Result(
                        it.run(),
                        it.started(),
                        it.id(),
                        it.verdict().words(),
                        it.rto(),
                        it.rpo())));
  }

  private static Instant started(DrillHistory.Past past) {
    return past.evidence().map(Evidence::started).orElse(Instant.MIN);
  }

  private Copies.Drill drill(String key, Evidence evidence) {
    return new Copies.Drill(
        key,
        evidence.backup() + "/" + evidence.id(),
        evidence.verdict().words(),
        evidence.rto(),
        evidence.rpo(),
        evidence.checks(),
        new Copies.Signature(
            evidence.signature().map(Evidence.Signature::publicKey),
            EvidenceCheck.verify(bytes(key), Optional.empty()).problems()));
  }

  private byte[] bytes(String key) {
    try (InputStream content = store.open(key)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
