package dev.lockstep.activities.kubernetes;

import dev.lockstep.workflows.contract.RunKey;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one run makes in the cluster, and nothing else: everything that it makes bears its name.
 *
 * @param step that works, for faults
 */
record RunObjects(KubernetesClient client, RunKey run, String step) {
  /** Annotation: which run made an object. */
  static final String RUN = "lockstep.dev/run";

  /** Label: which instance an object belongs to. */
  static final String INSTANCE = "lockstep.dev/instance";

  /**
   * Makes an object by one request, which the server refuses where one of that name is there. What
   * is there and ours is complete, therefore, and is left as it is.
   *
   * @throws ApplicationFailure INSTANCE_UNEXPECTED where one is there that this run did not make;
   *     WORKLOAD_BUSY where it is being removed
   */
  <T extends HasMetadata> void make(T wanted) {
    Optional<T> found = find(wanted);
    if (found.isPresent()) {
      requireOurs(found.get());
      return;
    }
    String address = address(wanted);
    call("making " + name(wanted), () -> client.raw(address, "POST", wanted));
  }

  /** Not an apply: that would change what somebody else made since the look. */
  private static String address(HasMetadata wanted) {
    String version = wanted.getApiVersion();
    String namespace = wanted.getMetadata().getNamespace();
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + (namespace == null ? "" : "/namespaces/" + namespace)
        + "/"
        + wanted.getPlural()
        + "?fieldManager="
        + AppliedFields.MANAGER;
  }

  /** The object of the same kind, namespace and name, as it is now. */
  <T extends HasMetadata> Optional<T> find(T like) {
    return call("reading " + name(like), () -> Optional.ofNullable(client.resource(like).get()));
  }

  /** Looks whether an object is this run's and stays. */
  void requireOurs(HasMetadata found) {
    if (!isOurs(found)) {
      throw failure(
          FaultCode.INSTANCE_UNEXPECTED,
          name(found) + " is there already, and " + run + " did not make it" + maker(found));
    }
    if (found.getMetadata().getDeletionTimestamp() != null) {
      throw failure(FaultCode.WORKLOAD_BUSY, name(found) + " is still being removed");
    }
  }

  /** Whether this run made it. */
  boolean isOurs(HasMetadata object) {
    return run.id().equals(Patches.annotation(object, RUN).orElse(""));
  }

  /** Removes an object as it was read, unless it is being removed already. */
  void remove(HasMetadata found, DeletionPropagation what) {
    if (found.getMetadata().getDeletionTimestamp() == null) {
      call(
          "removing " + name(found),
          () -> client.resource(found).withPropagationPolicy(what).delete());
    }
  }

  /**
   * Changes an object, unless somebody else changed it since it was read: that is WORKLOAD_BUSY.
   *
   * @param found as it was read
   */
  void patch(HasMetadata found, Patches change) {
    PatchContext merge =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(AppliedFields.MANAGER)
            .build();
    call(
        "changing " + name(found),
        () -> client.resource(found).patch(merge, change.json(found.getMetadata())));
  }

  /** Makes a call and translates what goes wrong. */
  <T> T call(String doing, Supplier<T> call) {
    return KubernetesFaults.translating(doing, step, call);
  }

  ApplicationFailure failure(FaultCode code, String message) {
    return Faults.failure(code, message, step);
  }

  /** For people: {@code StatefulSet shop/postgres}. */
  static String name(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return object.getKind()
        + " "
        + (namespace == null ? "" : namespace + "/")
        + object.getMetadata().getName();
  }

  private static String maker(HasMetadata found) {
    return Patches.annotation(found, RUN).map(other -> ", but " + other).orElse("");
  }
}
