package dev.lockstep.activities.connection;

import java.util.Map;
import java.util.Optional;

/** Reads Kubernetes Secrets. */
public interface SecretReader {
  /** For a worker without a cluster: no Secret is there. */
  SecretReader NONE = (namespace, name) -> Optional.empty();

  /**
   * Reads one Secret.
   *
   * @return its decoded values by key; empty where there is no such Secret
   * @throws io.temporal.failure.ApplicationFailure where the cluster cannot be asked
   */
  Optional<Map<String, String>> read(String namespace, String name);
}
