package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.plan.Instance;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.fault.FaultCode;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.temporal.failure.ApplicationFailure;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Makes an instance and waits for its first pod.
 *
 * <ol>
 *   <li>Throw-away namespaces that expired are removed, where this one is to be thrown away; then
 *       its namespace is made.
 *   <li>Derive it from the source. What would work on the source's volumes, or would be found by
 *       the source's Services, is refused.
 *   <li>A claim of the name that its pod will look for, and that this run did not make, is refused:
 *       the pod would start on somebody's data.
 *   <li>Make what the template names, in another namespace; then the Service, then the StatefulSet.
 *       Each is one request and bears the run's name, so the next call of a killed worker goes on
 *       with what is missing.
 *   <li>Wait until pod 0 is ready.
 * </ol>
 */
final class MakeInstance {
  private final RunObjects objects;
  private final Instance instance;
  private final Looks looks;
  private final InstantSource clock;

  MakeInstance(RunObjects objects, Instance instance, Looks looks, InstantSource clock) {
    this.objects = objects;
    this.instance = instance;
    this.looks = looks;
    this.clock = clock;
  }

  StepOutcome run() {
    StatefulSet source = source();
    List<Service> services = services();
    DeriveInstance derive = new DeriveInstance(source, services, instance, objects.run().id());
    StatefulSet wanted = derive.statefulSet();
    requireApart(derive, wanted, source, services);
    place();
    requireNoClaims(wanted);
    if (!instance.namespace().equals(instance.likeNamespace())) {
      new CopyReferences(objects, instance).run(PodReferences.of(source.getSpec().getTemplate()));
    }
    objects.make(derive.service(governing(source, services)));
    objects.make(wanted);
    await(wanted);
    return new StepOutcome(
        false, new TreeMap<>(Map.of("pods", 1L, "durationMillis", looks.elapsedMillis())));
  }

  private void place() {
    instance
        .throwAway()
        .ifPresent(
            lifetime -> {
              ThrowAwayNamespace place = new ThrowAwayNamespace(objects, clock);
              place.removeExpired();
              place.make(instance.namespace(), instance.likeNamespace(), lifetime);
            });
  }

  private StatefulSet source() {
    return Optional.ofNullable(
            objects.call(
                "reading " + sourceName(),
                () ->
                    client()
                        .apps()
                        .statefulSets()
                        .inNamespace(instance.likeNamespace())
                        .withName(instance.like())
                        .get()))
        .orElseThrow(
            () ->
                objects.failure(
                    FaultCode.WORKLOAD_UNKNOWN,
                    sourceName() + " does not exist in the cluster " + client().getMasterUrl()));
  }

  private List<Service> services() {
    return objects.call(
        "listing the Services of " + instance.likeNamespace(),
        () -> client().services().inNamespace(instance.likeNamespace()).list().getItems());
  }

  private static Optional<Service> governing(StatefulSet source, List<Service> services) {
    return services.stream()
        .filter(it -> it.getMetadata().getName().equals(source.getSpec().getServiceName()))
        .findFirst();
  }

  private void requireApart(
      DeriveInstance derive, StatefulSet wanted, StatefulSet source, List<Service> services) {
    if (!derive.shared().isEmpty()) {
      throw refused(
          "a pod like those of "
              + RunObjects.name(source)
              + " would work on "
              + String.join(", ", derive.shared())
              + ", which is not its own");
    }
    if (!instance.namespace().equals(instance.likeNamespace())) {
      // A Service finds pods of its own namespace only.
      return;
    }
    Map<String, String> labels = wanted.getSpec().getTemplate().getMetadata().getLabels();
    new OwnLabels(source, services, instance.name())
        .leadingToSource().stream()
            .filter(service -> OwnLabels.selects(service, labels))
            .findFirst()
            .ifPresent(
                service -> {
                  throw refused(
                      RunObjects.name(service)
                          + " would lead to "
                          + instance
                          + " too: its selector asks for "
                          + service.getSpec().getSelector());
                });
  }

  private void requireNoClaims(StatefulSet wanted) {
    for (PersistentVolumeClaim template : wanted.getSpec().getVolumeClaimTemplates()) {
      String name = template.getMetadata().getName() + "-" + instance.name() + "-0";
      PersistentVolumeClaim claim = new PersistentVolumeClaim();
      claim.setMetadata(DeriveInstance.metadata(instance, name, objects.run().id()));
      objects.find(claim).ifPresent(objects::requireOurs);
    }
  }

  private void await(StatefulSet wanted) {
    List<String> reasons = looks.until(() -> reasons(wanted));
    if (!reasons.isEmpty()) {
      throw refused(
          instance
              + " is not ready within "
              + looks.limit()
              + ": "
              + String.join("; ", reasons)
              + new PodDiagnosis(client(), instance.namespace(), wanted.getSpec().getSelector())
                  .textWithEventsOf(instance.name()));
    }
  }

  private List<String> reasons(StatefulSet wanted) {
    StatefulSet now = objects.find(wanted).orElseThrow(() -> refused(instance + " was removed"));
    objects.requireOurs(now);
    String name = instance.name() + "-0";
    Pod pod =
        objects.call(
            "reading pod " + name,
            () -> client().pods().inNamespace(instance.namespace()).withName(name).get());
    if (pod == null || pod.getMetadata().getOwnerReferences().stream().noneMatch(of(now))) {
      return List.of("pod " + name + " is not there");
    }
    return PodDiagnosis.ready(pod) && pod.getMetadata().getDeletionTimestamp() == null
        ? List.of()
        : List.of("pod " + name + " is not ready");
  }

  private static Predicate<OwnerReference> of(StatefulSet owner) {
    return reference -> owner.getMetadata().getUid().equals(reference.getUid());
  }

  private String sourceName() {
    return "StatefulSet " + instance.likeNamespace() + "/" + instance.like();
  }

  private ApplicationFailure refused(String why) {
    return objects.failure(FaultCode.INSTANCE_UNEXPECTED, why);
  }

  private KubernetesClient client() {
    return objects.client();
  }
}
