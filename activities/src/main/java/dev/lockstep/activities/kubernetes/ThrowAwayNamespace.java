package dev.lockstep.activities.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A namespace that is made for one instance and removed with it. Nothing in it reaches anything
 * outside, where the network of the cluster enforces policies; to be reached, from the worker, is
 * what it is for.
 */
final class ThrowAwayNamespace {
  /** Label, with the value {@code true}: may be removed once it has expired. */
  static final String THROW_AWAY = "lockstep.dev/throw-away";

  /** Annotation: an instant in ISO 8601. */
  static final String EXPIRES = "lockstep.dev/expires";

  static final String POLICY = "lockstep-isolation";

  /**
   * What a pod may ask for: <a
   * href="https://kubernetes.io/docs/concepts/security/pod-security-admission/">pod security
   * admission</a>. The same pods are allowed as in the source's namespace.
   */
  private static final String POD_SECURITY = "pod-security.kubernetes.io/";

  private final RunObjects objects;
  private final InstantSource clock;

  ThrowAwayNamespace(RunObjects objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  /** Makes it, isolated before anything runs in it. */
  void make(String name, String likeNamespace, Duration lifetime) {
    objects.make(
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels(podSecurity(likeNamespace))
            .addToLabels(THROW_AWAY, "true")
            .addToAnnotations(RunObjects.RUN, objects.run().id())
            .addToAnnotations(EXPIRES, clock.instant().plus(lifetime).toString())
            .endMetadata()
            .build());
    objects.make(isolation(name));
  }

  /** Removes those of drills that died long ago. Whether they are gone is nobody's concern. */
  void removeExpired() {
    List<Namespace> all =
        objects.call(
            "listing throw-away namespaces",
            () -> objects.client().namespaces().withLabel(THROW_AWAY, "true").list().getItems());
    all.stream()
        .filter(namespace -> !objects.isOurs(namespace))
        .filter(namespace -> expires(namespace).filter(clock.instant()::isAfter).isPresent())
        .forEach(namespace -> objects.remove(namespace, DeletionPropagation.BACKGROUND));
  }

  /** Without a time that can be read, it does not expire. */
  private static Optional<Instant> expires(Namespace namespace) {
    try {
      return Patches.annotation(namespace, EXPIRES).map(Instant::parse);
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  private NetworkPolicy isolation(String namespace) {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(POLICY)
        .addToAnnotations(RunObjects.RUN, objects.run().id())
        .endMetadata()
        .withNewSpec()
        .withNewPodSelector()
        .endPodSelector()
        .withPolicyTypes("Egress")
        .endSpec()
        .build();
  }

  private Map<String, String> podSecurity(String likeNamespace) {
    TreeMap<String, String> labels = new TreeMap<>();
    objects
        .find(named(likeNamespace))
        .map(namespace -> namespace.getMetadata().getLabels())
        .ifPresent(labels::putAll);
    labels.keySet().removeIf(key -> !key.startsWith(POD_SECURITY));
    return labels;
  }

  /** To find one by its name. */
  static Namespace named(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }
}
