package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.plan.Instance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What this run made of an instance, found by label and annotation. Nothing of it is this run's any
 * more once a StatefulSet of the instance is there that was kept: a claim of a later replica bears
 * the name of the run that wrote its template.
 */
record InstanceObjects(RunObjects objects, Instance instance) {
  /** What the StatefulSet uses first, the StatefulSet last. */
  List<HasMetadata> all() {
    List<HasMetadata> all = new ArrayList<>(rest());
    all.addAll(statefulSets());
    return all;
  }

  List<HasMetadata> statefulSets() {
    return every().stream().filter(objects::isOurs).toList();
  }

  List<HasMetadata> rest() {
    if (every().stream().anyMatch(found -> !objects.isOurs(found))) {
      return List.of();
    }
    String namespace = instance.namespace();
    Map<String, String> label = label();
    List<HasMetadata> rest = new ArrayList<>();
    rest.addAll(
        ours(
            () ->
                client()
                    .persistentVolumeClaims()
                    .inNamespace(namespace)
                    .withLabels(label)
                    .list()
                    .getItems()));
    rest.addAll(
        ours(() -> client().services().inNamespace(namespace).withLabels(label).list().getItems()));
    if (!namespace.equals(instance.likeNamespace())) {
      rest.addAll(copies());
    }
    return rest;
  }

  /** What the template names is copied into another namespace only. */
  private List<HasMetadata> copies() {
    String namespace = instance.namespace();
    Map<String, String> label = label();
    List<HasMetadata> rest = new ArrayList<>();
    rest.addAll(
        ours(
            () ->
                client().configMaps().inNamespace(namespace).withLabels(label).list().getItems()));
    rest.addAll(
        ours(() -> client().secrets().inNamespace(namespace).withLabels(label).list().getItems()));
    rest.addAll(
        ours(
            () ->
                client()
                    .serviceAccounts()
                    .inNamespace(namespace)
                    .withLabels(label)
                    .list()
                    .getItems()));
    return rest;
  }

  private List<HasMetadata> every() {
    return list(
        () ->
            client()
                .apps()
                .statefulSets()
                .inNamespace(instance.namespace())
                .withLabels(label())
                .list()
                .getItems());
  }

  private Map<String, String> label() {
    return Map.of(RunObjects.INSTANCE, instance.name());
  }

  private List<HasMetadata> ours(Supplier<List<? extends HasMetadata>> list) {
    return list(list).stream().filter(objects::isOurs).toList();
  }

  private List<HasMetadata> list(Supplier<List<? extends HasMetadata>> list) {
    return objects
        .<List<? extends HasMetadata>>call("listing what belongs to " + instance, list)
        .stream()
        .<HasMetadata>map(it -> it)
        .toList();
  }

  private KubernetesClient client() {
    return objects.client();
  }
}
