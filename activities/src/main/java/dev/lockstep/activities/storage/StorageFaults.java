package dev.lockstep.activities.storage;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/**
 * What the translators of all kinds of stores share: the meaning of a status of HTTP where the
 * service gives no code of its own that is known, by <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-15">RFC 9110</a> and for 507 <a
 * href="https://www.rfc-editor.org/rfc/rfc4918#section-11.5">RFC 4918</a>.
 */
final class StorageFaults {
  private static final Map<Integer, FaultCode> STATUSES =
      Map.of(
          401, FaultCode.CREDENTIALS_REFUSED,
          403, FaultCode.PRIVILEGE_MISSING,
          404, FaultCode.OBJECT_MISSING,
          408, FaultCode.SERVER_UNREACHABLE,
          412, FaultCode.OBJECT_EXISTS,
          429, FaultCode.SERVER_UNREACHABLE,
          501, FaultCode.STORE_REFUSED,
          507, FaultCode.RESOURCE_EXHAUSTED);

  private StorageFaults() {}

  /**
   * The code of an answer.
   *
   * @param codes of the service, by its own names
   */
  static FaultCode code(Map<String, FaultCode> codes, Optional<String> code, int status) {
    return code.flatMap(name -> Optional.ofNullable(codes.get(name)))
        .orElseGet(
            () ->
                STATUSES.getOrDefault(
                    status, status < 500 ? FaultCode.STORE_REFUSED : FaultCode.SERVER_UNREACHABLE));
  }

  /**
   * @param doing what was asked for, with key and store
   * @param reason the words of the service
   */
  static ApplicationFailure failure(FaultCode code, String doing, String reason) {
    return Faults.failure(code, doing + ": " + reason, "");
  }

  /** The deepest cause in words: that of a client library's "unable to execute request". */
  static String reason(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String words =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    if (cause instanceof UnknownHostException) {
      return "unknown host " + words;
    }
    boolean plain = cause instanceof ConnectException || cause instanceof SocketTimeoutException;
    return plain ? "no answer: " + words : words;
  }

  /** The first cause of a type. */
  static <T extends Throwable> Optional<T> cause(Throwable failed, Class<T> type) {
    for (Throwable it = failed; it != null; it = it.getCause()) {
      if (type.isInstance(it)) {
        return Optional.of(type.cast(it));
      }
    }
    return Optional.empty();
  }
}
