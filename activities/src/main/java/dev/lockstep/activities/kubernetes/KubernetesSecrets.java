package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.connection.SecretReader;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads Secrets through the API server. Values are never in a message. */
public final class KubernetesSecrets implements SecretReader {
  private final ClusterConnection cluster;

  /** Reads them where {@code cluster} leads. */
  public KubernetesSecrets(ClusterConnection cluster) {
    this.cluster = cluster;
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.temporal.failure.ApplicationFailure also CREDENTIALS_MISSING, naming Secret and key,
   *     where a value is not Base64
   */
  @Override
  public Optional<Map<String, String>> read(String namespace, String name) {
    String place = "Secret " + namespace + "/" + name;
    Secret secret =
        KubernetesFaults.translating(
            "reading " + place,
            "",
            () -> cluster.client("").secrets().inNamespace(namespace).withName(name).get());
    return Optional.ofNullable(secret).map(found -> decoded(found, place));
  }

  private static Map<String, String> decoded(Secret secret, String place) {
    Map<String, String> values = new TreeMap<>();
    Optional.ofNullable(secret.getData())
        .orElse(Map.of())
        .forEach((key, value) -> values.put(key, decode(value, key, place)));
    return values;
  }

  private static String decode(String value, String key, String place) {
    try {
      return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw Faults.failure(
          FaultCode.CREDENTIALS_MISSING,
          place + ": the value of key " + key + " is not Base64",
          "");
    }
  }
}
