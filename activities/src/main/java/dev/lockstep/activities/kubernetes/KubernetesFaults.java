package dev.lockstep.activities.kubernetes;

import dev.lockstep.activities.progress.ShortPause;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * From the API server's answers to faults. The statuses are those of <a
 * href="https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#http-status-codes">the
 * API conventions</a>. A status that is not in the table is refused below 500 and unreachable from
 * 500 on; no status at all means that no answer came.
 */
final class KubernetesFaults {
  private static final int FORBIDDEN = 403;

  private static final Map<Integer, FaultCode> CODES =
      Map.ofEntries(
          Map.entry(400, FaultCode.CLUSTER_REFUSED),
          Map.entry(401, FaultCode.CREDENTIALS_REFUSED),
          // Not PRIVILEGE_MISSING: quotas and admission answer 403 too. The message says which.
          Map.entry(FORBIDDEN, FaultCode.CLUSTER_REFUSED),
          Map.entry(404, FaultCode.WORKLOAD_UNKNOWN),
          Map.entry(405, FaultCode.CLUSTER_REFUSED),
          Map.entry(408, FaultCode.SERVER_UNREACHABLE),
          Map.entry(409, FaultCode.WORKLOAD_BUSY),
          Map.entry(410, FaultCode.SERVER_UNREACHABLE),
          Map.entry(415, FaultCode.CLUSTER_REFUSED),
          Map.entry(422, FaultCode.CLUSTER_REFUSED),
          Map.entry(429, FaultCode.SERVER_UNREACHABLE),
          Map.entry(500, FaultCode.SERVER_UNREACHABLE),
          Map.entry(503, FaultCode.SERVER_UNREACHABLE),
          Map.entry(504, FaultCode.SERVER_UNREACHABLE));

  /**
   * An API server that has just started refuses everybody until it has read its rules: for 0.2 s,
   * as seen of version 1.34. Less than the five seconds after which a silent activity is taken for
   * dead.
   */
  private static final Duration WITHOUT_RULES = Duration.ofSeconds(3);

  private static final long PAUSE_MILLIS = 250;

  private KubernetesFaults() {}

  /**
   * Makes a call and translates what goes wrong. What is forbidden is asked for again for a moment:
   * {@link #WITHOUT_RULES}.
   *
   * @param doing what the call is for, for people: {@code reading Deployment shop/web}
   * @param step that makes it, or empty
   */
  static <T> T translating(String doing, String step, Supplier<T> call) {
    long began = System.nanoTime();
    while (true) {
      try {
        return call.get();
      } catch (KubernetesClientException refused) {
        boolean late = System.nanoTime() - began > WITHOUT_RULES.toNanos();
        if (late || refused.getCode() != FORBIDDEN) {
          throw failure(refused, doing, step);
        }
      }
      ShortPause.of(PAUSE_MILLIS);
    }
  }

  static FaultCode code(int status) {
    if (status <= 0) {
      return FaultCode.SERVER_UNREACHABLE;
    }
    return CODES.getOrDefault(
        status, status < 500 ? FaultCode.CLUSTER_REFUSED : FaultCode.SERVER_UNREACHABLE);
  }

  private static ApplicationFailure failure(
      KubernetesClientException refused, String doing, String step) {
    int status = refused.getCode();
    String message =
        status <= 0
            ? doing + ": the cluster does not answer: " + reason(refused)
            : doing + ": the cluster answers " + status + ": " + reason(refused);
    return Faults.failure(code(status), message, step);
  }

  /** The server's own words, else those of the deepest cause, which names host and port. */
  private static String reason(KubernetesClientException refused) {
    if (refused.getStatus() != null && refused.getStatus().getMessage() != null) {
      return refused.getStatus().getMessage();
    }
    Throwable cause = refused;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
