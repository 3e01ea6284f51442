package dev.lockstep.activities.restore;

import dev.lockstep.activities.storage.ObjectStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the drills of a name have shown so far. */
public final class DrillHistory {
  private static final Comparator<Past> NEWEST_FIRST =
      Comparator.comparing(
              (Past past) -> past.evidence().map(Evidence::started),
              Comparator.comparing(
                  started -> started.orElse(Instant.MIN), Comparator.reverseOrder()))
          .thenComparing(Past::key);

  private DrillHistory() {}

  /**
   * One drill.
   *
   * @param key of the object
   * @param evidence as it is there, whether its signature fits or not; empty: it is none
   */
  public record Past(String key, Optional<Evidence> evidence) {}

  /** Every one, the newest first; what cannot be read comes last. */
  public static List<Past> read(ObjectStore store, String drill) {
    return store.list(RunKeys.drills(drill)).stream()
        .map(object -> past(store, object.key()))
        .sorted(NEWEST_FIRST)
        .toList();
  }

  private static Past past(ObjectStore store, String key) {
    return new Past(
        key, EvidenceCheck.verify(Stored.bytes(store, key), Optional.empty()).evidence());
  }
}
