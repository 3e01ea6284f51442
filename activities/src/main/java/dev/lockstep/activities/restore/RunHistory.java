package dev.lockstep.activities.restore;

import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** How the runs of backups and restores ended, from the records that they left in the store. */
public final class RunHistory {
  private RunHistory() {}

  /**
   * One run.
   *
   * @param key of the object, without {@code .json}
   * @param id of the backup that it took or restored
   * @param ended when its last step ended
   * @param figures sums over its steps
   */
  public record Past(
      String key,
      String id,
      RunState state,
      Instant started,
      Instant ended,
      SortedMap<String, Long> figures,
      Optional<Fault> fault) {}

  /** Those of a backup, the newest first; records that cannot be read are left out. */
  public static List<Past> ofBackup(ObjectStore store, String backup) {
    return read(store, "runs/backup/" + backup + "/");
  }

  /** Those of a restore, the newest first; records that cannot be read are left out. */
  public static List<Past> ofRestore(ObjectStore store, String restore) {
    return read(store, "runs/restore/" + restore + "/");
  }

  private static List<Past> read(ObjectStore store, String prefix) {
    return store.list(prefix).stream()
        .flatMap(object -> past(store, object.key()))
        .sorted(Comparator.comparing(Past::started).thenComparing(Past::key).reversed())
        .toList();
  }

  private static Stream<Past> past(ObjectStore store, String key) {
    RunRecords.Ended ended;
    try {
      ended = Wire.mapper().readValue(Stored.bytes(store, key), RunRecords.Ended.class);
    } catch (IOException e) {
      return Stream.empty();
    }
    String name = key.replaceFirst("\\.json$", "");
    String last = name.substring(name.lastIndexOf('/') + 1);
    return Stream.of(
        new Past(
            name,
            last.replaceFirst("-.*$", ""),
            ended.state(),
            ended.started(),
            ended.ended(),
            ended.figures(),
            ended.fault()));
  }
}
