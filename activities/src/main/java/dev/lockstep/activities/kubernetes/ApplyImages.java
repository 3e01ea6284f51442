package dev.lockstep.activities.kubernetes;

import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Composes what is sent by server-side apply: exactly the fields that Lockstep owns afterwards.
 *
 * <ol>
 *   <li>Every note that we own already, with the value it has; only those of ended runs of the same
 *       definition are left out, and so removed.
 *   <li>The note of this step.
 *   <li>Every container in which we own something, with its name, and with its image where that is
 *       ours or becomes ours. A container that is left out would lose what is ours in it, and would
 *       vanish where nobody else owns it.
 *   <li>Uid and resource version of the Deployment that all this was computed from: the server
 *       refuses the request where the Deployment is another one by now, and never creates one.
 * </ol>
 */
final class ApplyImages {
  private final Deployment now;
  private final AppliedFields ours;
  private final String step;

  private ApplyImages(Deployment now, AppliedFields ours, String step) {
    this.now = now;
    this.ours = ours;
    this.step = step;
  }

  /**
   * For a Deployment as it was read.
   *
   * @param step for faults
   */
  static ApplyImages to(Deployment now, String step) {
    AppliedFields ours = AppliedFields.of(now);
    if (!ours.foreign().isEmpty()) {
      throw Faults.failure(
          FaultCode.CLUSTER_REFUSED,
          "the field manager "
              + AppliedFields.MANAGER
              + " of "
              + now.getMetadata().getName()
              + " owns fields that Lockstep never applies, and would remove now: "
              + String.join(", ", ours.foreign())
              + "; apply them under another manager's name",
          step);
    }
    return new ApplyImages(now, ours, step);
  }

  /**
   * The request.
   *
   * @param images by container, of this step
   */
  Deployment with(RolloutNote note, RunKey run, Map<String, String> images) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(now.getMetadata().getNamespace())
        .withName(now.getMetadata().getName())
        .withUid(now.getMetadata().getUid())
        .withResourceVersion(now.getMetadata().getResourceVersion())
        .withAnnotations(annotations(note, run))
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .withNewSpec()
        .withContainers(containers(images))
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private SortedMap<String, String> annotations(RolloutNote note, RunKey run) {
    SortedMap<String, String> annotations = new TreeMap<>();
    Map<String, String> present = now.getMetadata().getAnnotations();
    for (String name : ours.annotations()) {
      String value = present.get(name);
      if (value != null && !RolloutNote.parse(name, value, step).endedBefore(run)) {
        annotations.put(name, value);
      }
    }
    annotations.put(RolloutNote.name(new RunKey(note.run()), note.step()), note.json());
    return annotations;
  }

  private List<Container> containers(Map<String, String> images) {
    SortedMap<String, String> present = Deployments.images(now);
    SortedSet<String> names = new TreeSet<>(ours.containers());
    names.addAll(images.keySet());
    names.retainAll(present.keySet());
    return names.stream()
        .map(
            name -> {
              ContainerBuilder container = new ContainerBuilder().withName(name);
              if (images.containsKey(name)) {
                container.withImage(images.get(name));
              } else if (ours.imageOwned().contains(name)) {
                container.withImage(present.get(name));
              }
              return container.build();
            })
        .toList();
  }
}
