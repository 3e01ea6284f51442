package dev.lockstep.activities.kubernetes;

import dev.lockstep.definitions.plan.Instance;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Copies what a pod template names into the namespace of an instance, and nothing else. What is not
 * there is left out: the pod says what it lacks. A copied account has no rights.
 */
final class CopyReferences {
  /** Every namespace has its own. */
  private static final String ROOT_CERTIFICATE = "kube-root-ca.crt";

  private static final String DEFAULT_ACCOUNT = "default";

  /** Belongs to one account of one namespace. */
  private static final String ACCOUNT_TOKEN = "kubernetes.io/service-account-token";

  private final RunObjects objects;
  private final Instance instance;

  CopyReferences(RunObjects objects, Instance instance) {
    this.objects = objects;
    this.instance = instance;
  }

  void run(PodReferences references) {
    Set<String> secrets = new TreeSet<>(references.secrets());
    references
        .serviceAccount()
        .filter(name -> !name.equals(DEFAULT_ACCOUNT))
        .flatMap(name -> find(new ServiceAccount(), name))
        .ifPresent(account -> copyAccount(account, secrets));
    references.configMaps().stream()
        .filter(name -> !name.equals(ROOT_CERTIFICATE))
        .flatMap(name -> find(new ConfigMap(), name).stream())
        .forEach(this::copyConfigMap);
    secrets.stream()
        .flatMap(name -> find(new Secret(), name).stream())
        .filter(secret -> !ACCOUNT_TOKEN.equals(secret.getType()))
        .forEach(this::copySecret);
  }

  private void copyAccount(ServiceAccount account, Set<String> secrets) {
    account.getImagePullSecrets().stream().map(LocalObjectReference::getName).forEach(secrets::add);
    objects.make(
        new ServiceAccountBuilder()
            .withMetadata(metadata(account))
            .withImagePullSecrets(account.getImagePullSecrets())
            .withAutomountServiceAccountToken(account.getAutomountServiceAccountToken())
            .build());
  }

  private void copyConfigMap(ConfigMap map) {
    objects.make(
        new ConfigMapBuilder()
            .withMetadata(metadata(map))
            .withData(map.getData())
            .withBinaryData(map.getBinaryData())
            .build());
  }

  private void copySecret(Secret secret) {
    objects.make(
        new SecretBuilder()
            .withMetadata(metadata(secret))
            .withType(secret.getType())
            .withData(secret.getData())
            .build());
  }

  private <T extends HasMetadata> Optional<T> find(T like, String name) {
    like.setMetadata(
        new ObjectMetaBuilder().withNamespace(instance.likeNamespace()).withName(name).build());
    return objects.find(like);
  }

  private ObjectMeta metadata(HasMetadata of) {
    return DeriveInstance.metadata(instance, of.getMetadata().getName(), objects.run().id());
  }
}
