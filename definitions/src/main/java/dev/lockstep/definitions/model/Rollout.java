package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * New container images for a workload, at a point of the migration.
 *
 * @param after the phase that must be done before; absent in {@code steps}, where the place says it
 * @param images container name to image
 * @param deadline how long it may take until every pod is new and available; absent: ten minutes
 */
public record Rollout(
    Optional<After> after,
    WorkloadReference workload,
    SortedMap<String, String> images,
    Optional<Duration> deadline) {
  public Rollout {
    images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
  }

  /** The phases that a rollout can follow. */
  public enum After {
    /** Old and new columns exist and are kept equal. */
    EXPAND,
    /** Every row is filled and compared. */
    VERIFY
  }
}
