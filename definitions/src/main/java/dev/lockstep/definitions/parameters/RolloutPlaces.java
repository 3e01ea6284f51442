package dev.lockstep.definitions.parameters;

import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.WorkloadReference;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Every text of a rollout in which places are allowed: its images, and the name of its workload.
 */
final class RolloutPlaces {
  private RolloutPlaces() {}

  /**
   * The rollout with other texts.
   *
   * @param path of the rollout
   * @param change the new text, of its path and the text
   */
  static Rollout map(String path, Rollout rollout, BinaryOperator<String> change) {
    WorkloadReference workload = rollout.workload();
    SortedMap<String, String> images = new TreeMap<>();
    rollout
        .images()
        .forEach(
            (container, image) ->
                images.put(
                    container, change.apply(path + ".containers." + container + ".image", image)));
    return new Rollout(
        rollout.after(),
        new WorkloadReference(
            workload.kind(),
            change.apply(path + ".workload.namespace", workload.namespace()),
            change.apply(path + ".workload.name", workload.name())),
        images,
        rollout.deadline());
  }
}
