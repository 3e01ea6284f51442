package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.model.WorkloadReference;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One Deployment in the API server.
 *
 * @param step that works with it, for faults
 */
record Deployments(KubernetesClient client, WorkloadReference reference, String step) {
  /** The Deployment as it is now, with its managed fields. */
  Optional<Deployment> find() {
    return KubernetesFaults.translating(
        "reading " + reference, step, () -> Optional.ofNullable(resource().get()));
  }

  /**
   * The same.
   *
   * @throws io.temporal.failure.ApplicationFailure WORKLOAD_UNKNOWN where it is not there
   */
  Deployment read() {
    return find()
        .orElseThrow(
            () ->
                Faults.failure(
                    FaultCode.WORKLOAD_UNKNOWN,
                    reference + " does not exist in the cluster " + client.getMasterUrl(),
                    step));
  }

  /**
   * Makes exactly these fields ours. Forced: another manager owns the image, and to take it over
   * for the time being is what a rollout is; what others changed since it was read is not
   * overwritten, because the resource version is part of the request.
   */
  Deployment apply(Deployment fields) {
    return KubernetesFaults.translating(
        "applying images to " + reference,
        step,
        () ->
            client
                .resource(fields)
                .fieldManager(AppliedFields.MANAGER)
                .forceConflicts()
                .serverSideApply());
  }

  /** What the same request would make of the Deployment, after defaults and admission. */
  Deployment tryApply(Deployment fields) {
    return KubernetesFaults.translating(
        "trying to apply images to " + reference,
        step,
        () ->
            client
                .resource(fields)
                .dryRun()
                .fieldManager(AppliedFields.MANAGER)
                .forceConflicts()
                .serverSideApply());
  }

  /**
   * Removes an annotation, whoever owns it besides us: an apply that leaves it out would keep it
   * for the other owner.
   */
  void removeAnnotation(String name) {
    PatchContext merge =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(AppliedFields.MANAGER)
            .build();
    String body = "{\"metadata\":{\"annotations\":{\"" + name + "\":null}}}";
    KubernetesFaults.translating(
        "removing the annotation " + name + " of " + reference,
        step,
        () -> resource().patch(merge, body));
  }

  /** The images of a Deployment's containers, by name. */
  static SortedMap<String, String> images(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
        .collect(
            Collectors.toMap(
                Container::getName,
                c -> c.getImage() == null ? "" : c.getImage(),
                (a, b) -> a,
                TreeMap::new));
  }

  private Resource<Deployment> resource() {
    return client
        .apps()
        .deployments()
        .inNamespace(reference.namespace())
        .withName(reference.name());
  }
}
