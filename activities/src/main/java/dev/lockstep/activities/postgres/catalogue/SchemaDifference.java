package dev.lockstep.activities.postgres.catalogue;

import java.util.ArrayList;
import java.util.List;

/** Compares two {@link SchemaSnapshot}s. */
public final class SchemaDifference {
  private SchemaDifference() {}

  /**
   * For people: each line that is missing and each that is left over; empty where the snapshots are
   * equal.
   */
  public static List<String> between(SchemaSnapshot before, SchemaSnapshot after) {
    List<String> difference = new ArrayList<>();
    before.lines().stream()
        .filter(line -> !after.lines().contains(line))
        .map(line -> "missing: " + line)
        .forEach(difference::add);
    after.lines().stream()
        .filter(line -> !before.lines().contains(line))
        .map(line -> "left over: " + line)
        .forEach(difference::add);
    return List.copyOf(difference);
  }
}
