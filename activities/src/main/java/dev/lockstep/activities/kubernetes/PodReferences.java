package dev.lockstep.activities.kubernetes;

import io.fabric8.kubernetes.api.builder.TypedVisitor;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSourceBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelectorBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapProjectionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.SecretEnvSourceBuilder;
import io.fabric8.kubernetes.api.model.SecretKeySelectorBuilder;
import io.fabric8.kubernetes.api.model.SecretProjectionBuilder;
import io.fabric8.kubernetes.api.model.SecretVolumeSourceBuilder;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The objects of its namespace that a pod template names.
 *
 * @param secrets also those that pull images or mount volumes
 * @param serviceAccount absent: the namespace's default
 */
record PodReferences(
    SortedSet<String> configMaps, SortedSet<String> secrets, Optional<String> serviceAccount) {

  /** Reads them off. */
  static PodReferences of(PodTemplateSpec template) {
    TreeSet<String> configMaps = new TreeSet<>();
    TreeSet<String> secrets = new TreeSet<>();
    new PodTemplateSpecBuilder(template)
        .accept(
            taking(ConfigMapKeySelectorBuilder.class, it -> it.getName(), configMaps),
            taking(ConfigMapEnvSourceBuilder.class, it -> it.getName(), configMaps),
            taking(ConfigMapVolumeSourceBuilder.class, it -> it.getName(), configMaps),
            taking(ConfigMapProjectionBuilder.class, it -> it.getName(), configMaps),
            taking(SecretKeySelectorBuilder.class, it -> it.getName(), secrets),
            taking(SecretEnvSourceBuilder.class, it -> it.getName(), secrets),
            taking(SecretVolumeSourceBuilder.class, it -> it.getSecretName(), secrets),
            taking(SecretProjectionBuilder.class, it -> it.getName(), secrets),
            taking(LocalObjectReferenceBuilder.class, it -> it.getName(), secrets));
    return new PodReferences(
        configMaps, secrets, Optional.ofNullable(template.getSpec().getServiceAccountName()));
  }

  private static <F> TypedVisitor<F> taking(
      Class<F> type, Function<F, @Nullable String> name, Set<String> names) {
    return new TypedVisitor<>() {
      @Override
      public Class<F> getType() {
        return type;
      }

      @Override
      public void visit(F element) {
        Optional.ofNullable(name.apply(element)).filter(it -> !it.isEmpty()).ifPresent(names::add);
      }
    };
  }
}
