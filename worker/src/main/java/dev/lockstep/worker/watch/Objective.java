package dev.lockstep.worker.watch;

import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.yaml.Definitions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How old the newest backup may be.
 *
 * @param rpo the shortest that a drill of the backup names
 */
record Objective(Backup backup, Store store, Duration rpo) {
  /** Of every backup for which a drill says so. */
  static List<Objective> of(Definitions definitions) {
    return all(definitions, Backup.class)
        .flatMap(
            backup ->
                rpo(definitions, backup).stream()
                    .flatMap(
                        rpo ->
                            definitions.findStore(backup.store()).stream()
                                .map(store -> new Objective(backup, store, rpo))))
        .toList();
  }

  private static Optional<Duration> rpo(Definitions definitions, Backup backup) {
    return all(definitions, Drill.class)
        .filter(drill -> drill.backup().equals(backup.name()))
        .flatMap(drill -> drill.rpo().stream())
        .min(Duration::compareTo);
  }

  private static <D> Stream<D> all(Definitions definitions, Class<D> kind) {
    return definitions.all().stream().filter(kind::isInstance).map(kind::cast);
  }

  /** The age at which it is at risk: there is still time to do something. */
  Duration atRisk() {
    return rpo.multipliedBy(4).dividedBy(5);
  }
}
