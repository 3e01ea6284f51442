package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Removes what this run made of an instance, and waits until it is gone. Whatever bears another
 * run's name, or none, stays.
 *
 * <ol>
 *   <li>A throw-away namespace goes as a whole.
 *   <li>Else the StatefulSet goes first, after its pods; then what they used: claims, Service,
 *       copies.
 * </ol>
 *
 * Killed anywhere, the next call finds what is left by its label and its annotation.
 */
final class RemoveInstance {
  private final RunObjects objects;
  private final Instance instance;
  private final Looks looks;
  private final InstanceObjects made;

  RemoveInstance(RunObjects objects, Instance instance, Looks looks) {
    this.objects = objects;
    this.instance = instance;
    this.looks = looks;
    this.made = new InstanceObjects(objects, instance);
  }

  StepOutcome run() {
    boolean found;
    if (instance.throwAway().isPresent()) {
      found = remove(this::namespace, DeletionPropagation.BACKGROUND);
    } else {
      boolean pods = remove(made::statefulSets, DeletionPropagation.FOREGROUND);
      found = remove(made::rest, DeletionPropagation.BACKGROUND) || pods;
    }
    return found
        ? new StepOutcome(false, new TreeMap<>(Map.of("durationMillis", looks.elapsedMillis())))
        : new StepOutcome(true, new TreeMap<>());
  }

  /** Whether anything was there. */
  private boolean remove(Supplier<List<HasMetadata>> what, DeletionPropagation propagation) {
    List<HasMetadata> found = what.get();
    found.forEach(object -> objects.remove(object, propagation));
    List<String> left =
        looks.until(
            () ->
                what.get().stream()
                    .map(object -> RunObjects.name(object) + " is still there")
                    .toList());
    if (!left.isEmpty()) {
      throw objects.failure(
          FaultCode.INSTANCE_UNEXPECTED,
          instance + " is not gone within " + looks.limit() + ": " + String.join("; ", left));
    }
    return !found.isEmpty();
  }

  private List<HasMetadata> namespace() {
    return objects
        .find(ThrowAwayNamespace.named(instance.namespace()))
        .<HasMetadata>map(it -> it)
        .filter(objects::isOurs)
        .stream()
        .toList();
  }
}
