package dev.lockstep.activities.postgres.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares two {@link SchemaSnapshot}s. */
public final class SchemaDifference {
  private SchemaDifference() {}

  /** What every partition has one line of. */
  private static final String IS = " is kind=";

  /**
   * For people: each line that is missing and each that is left over; empty where the snapshots are
   * equal. Of a partition that only one of them has, nothing is said: partitions come and go while
   * a run goes on, and never by a run.
   */
  public static List<String> between(SchemaSnapshot before, SchemaSnapshot after) {
    return differences(common(before, after), common(after, before));
  }

  private static SchemaSnapshot common(SchemaSnapshot one, SchemaSnapshot other) {
    Set<String> both = new TreeSet<>(partitions(one));
    both.retainAll(partitions(other));
    return new SchemaSnapshot(
        one.lines().stream()
            .filter(
                line ->
                    !line.startsWith(SchemaSnapshot.PARTITION)
                        || both.stream().anyMatch(line::startsWith))
            .toList());
  }

  private static Set<String> partitions(SchemaSnapshot snapshot) {
    return snapshot.lines().stream()
        .filter(line -> line.startsWith(SchemaSnapshot.PARTITION) && line.contains(IS))
        .map(line -> line.substring(0, line.indexOf(IS) + 1))
        .collect(Collectors.toSet());
  }

  private static List<String> differences(SchemaSnapshot before, SchemaSnapshot after) {
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
