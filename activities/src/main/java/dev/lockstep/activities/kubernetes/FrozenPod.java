package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.model.Dump;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.Optional;

/**
 * The pod of a StatefulSet in which commands freeze and thaw, and the note about it on the
 * StatefulSet, which outlives the pod.
 */
record FrozenPod(RunObjects objects, PodPrograms programs, Dump.Pod place) {
  Optional<StatefulSet> find() {
    return objects.call(
        "reading " + name(),
        () ->
            Optional.ofNullable(
                objects
                    .client()
                    .apps()
                    .statefulSets()
                    .inNamespace(place.namespace())
                    .withName(place.statefulSet())
                    .get()));
  }

  StatefulSet read() {
    return find()
        .orElseThrow(() -> objects.failure(FaultCode.WORKLOAD_UNKNOWN, name() + " does not exist"));
  }

  /** The pod of a name where it is ready, else another one that is. */
  PodName ready(Optional<String> wanted) {
    Optional<Pod> same =
        wanted.flatMap(
            pod ->
                objects.call(
                    "reading pod " + place.namespace() + "/" + pod,
                    () ->
                        Optional.ofNullable(
                            objects
                                .client()
                                .pods()
                                .inNamespace(place.namespace())
                                .withName(pod)
                                .get())));
    return same.filter(Readiness::isPodReady).isPresent()
        ? new PodName(place.namespace(), wanted.orElseThrow(), container(same.get()))
        : programs.ofStatefulSet(place.namespace(), place.statefulSet(), place.container());
  }

  private String container(Pod pod) {
    return place.container().orElseGet(() -> pod.getSpec().getContainers().get(0).getName());
  }

  void note(StatefulSet read, QuiesceNote note) {
    Patches patch = new Patches();
    patch.annotations().put(QuiesceNote.NAME, note.json());
    objects.patch(read, patch);
  }

  void removeNote() {
    find()
        .ifPresent(
            now -> {
              Patches patch = new Patches();
              patch.annotations().putNull(QuiesceNote.NAME);
              objects.patch(now, patch);
            });
  }

  String name() {
    return "StatefulSet " + place.namespace() + "/" + place.statefulSet();
  }
}
