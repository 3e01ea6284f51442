package dev.lockstep.definitions.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who may pass the gates of a migration.
 *
 * @param names as they stand in {@code by} of an approval; none: anybody who gives a name
 * @param count how many different people have to approve a gate
 * @param validFor an approval that is older when the gate is looked at counts no more; absent: it
 *     counts for as long as the run lasts
 */
public record Approvers(List<String> names, int count, Optional<Duration> validFor) {
  public Approvers {
    names = List.copyOf(names);
  }
}
