package dev.lockstep.activities.kubernetes;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Utils;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The worker's one connection to its cluster. Nothing is read and nothing is opened before the
 * first use, so a worker without a cluster works for definitions without rollouts. A configuration
 * that could not be read is read again at the next use.
 */
public final class ClusterConnection implements AutoCloseable {
  private final Supplier<Config> configuration;
  private @Nullable KubernetesClient client;

  private ClusterConnection(Supplier<Config> configuration) {
    this.configuration = configuration;
  }

  /**
   * The cluster that the process's surroundings name: the files of {@code KUBECONFIG}, else {@code
   * ~/.kube/config}, else the service account of the pod; {@code KUBERNETES_MASTER} wins over the
   * address in them.
   */
  public static ClusterConnection fromEnvironment() {
    return new ClusterConnection(ClusterConnection::readEnvironment);
  }

  /** The current context of a kubeconfig file. */
  public static ClusterConnection fromKubeconfig(Path file) {
    return new ClusterConnection(() -> Config.fromKubeconfig(file.toFile()));
  }

  /**
   * The client.
   *
   * @param step that needs it, for the fault; or empty
   * @throws io.temporal.failure.ApplicationFailure CREDENTIALS_MISSING where there is no
   *     configuration, CLUSTER_REFUSED where it is unreadable
   */
  synchronized KubernetesClient client(String step) {
    if (client == null) {
      client = open(step);
    }
    return client;
  }

  /** Closes the client, where one was opened. */
  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private KubernetesClient open(String step) {
    try {
      Config config = configuration.get();
      // Retries are the engine's: a client that repeats a request for minutes hides why a step
      // waits.
      config.setRequestRetryBackoffLimit(0);
      return new KubernetesClientBuilder().withConfig(config).build();
    } catch (MissingConfiguration missing) {
      throw Faults.failure(
          FaultCode.CREDENTIALS_MISSING, String.valueOf(missing.getMessage()), step);
    } catch (RuntimeException unreadable) {
      throw Faults.failure(
          FaultCode.CLUSTER_REFUSED,
          "the configuration of the cluster is unreadable: " + reason(unreadable),
          step);
    }
  }

  /** Never the message of a parser: it shows the place of the file, which may be a token. */
  private static String reason(RuntimeException unreadable) {
    return unreadable instanceof KubernetesClientException
        ? String.valueOf(unreadable.getMessage())
        : "not a kubeconfig (" + unreadable.getClass().getSimpleName() + ")";
  }

  private static Config readEnvironment() {
    Config config = Config.autoConfigure(null);
    boolean named =
        Utils.getSystemPropertyOrEnvVar(Config.KUBERNETES_MASTER_SYSTEM_PROPERTY) != null;
    if (!named && config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)) {
      throw new MissingConfiguration(Config.getKubeconfigFilenames());
    }
    return config;
  }

  /** Thrown where nothing names a cluster. */
  private static final class MissingConfiguration extends RuntimeException {
    MissingConfiguration(Iterable<String> files) {
      super(
          "no cluster is configured: no current context in "
              + String.join(", ", files)
              + ", no service account of a pod, no KUBERNETES_MASTER; set KUBECONFIG");
    }
  }
}
