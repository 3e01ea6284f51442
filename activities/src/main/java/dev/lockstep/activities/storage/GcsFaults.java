package dev.lockstep.activities.storage;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * From the answers of Google Cloud Storage to faults, by the <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/status-codes">reasons of its JSON
 * API</a>.
 */
final class GcsFaults {
  private static final Map<String, FaultCode> CODES =
      Map.ofEntries(
          Map.entry("accountDisabled", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("authError", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("backendError", FaultCode.SERVER_UNREACHABLE),
          Map.entry("conditionNotMet", FaultCode.OBJECT_EXISTS),
          Map.entry("forbidden", FaultCode.PRIVILEGE_MISSING),
          Map.entry("insufficientPermissions", FaultCode.PRIVILEGE_MISSING),
          Map.entry("internalError", FaultCode.SERVER_UNREACHABLE),
          Map.entry("notFound", FaultCode.OBJECT_MISSING),
          Map.entry("objectUnderActiveHold", FaultCode.STORE_REFUSED),
          Map.entry("quotaExceeded", FaultCode.RESOURCE_EXHAUSTED),
          Map.entry("rateLimitExceeded", FaultCode.SERVER_UNREACHABLE),
          Map.entry("required", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("retentionPolicyNotMet", FaultCode.STORE_REFUSED),
          Map.entry("userRateLimitExceeded", FaultCode.SERVER_UNREACHABLE));

  private GcsFaults() {}

  /** A request. */
  @FunctionalInterface
  interface Request<T> {
    T run() throws IOException;
  }

  /**
   * Makes a request and translates what goes wrong.
   *
   * @param doing what it is for, with key and store
   */
  static <T> T translating(String doing, Request<T> request) {
    try {
      return request.run();
    } catch (IOException refused) {
      throw failure(doing, refused);
    }
  }

  /** The same for what needs no object: what is not found then is the bucket. */
  static <T> T ofBucket(String doing, Request<T> request) {
    try {
      return translating(doing, request);
    } catch (ApplicationFailure refused) {
      throw refused.getType().equals(FaultCode.OBJECT_MISSING.name())
          ? StorageFaults.failure(FaultCode.STORE_REFUSED, doing, "there is no such bucket")
          : refused;
    }
  }

  private static ApplicationFailure failure(String doing, IOException refused) {
    Optional<HttpResponseException> answer =
        StorageFaults.cause(refused, HttpResponseException.class);
    if (answer.isEmpty()) {
      return StorageFaults.failure(
          FaultCode.SERVER_UNREACHABLE, doing, StorageFaults.reason(refused));
    }
    int status = answer.get().getStatusCode();
    if (refused != answer.get()) {
      // The service that gives out tokens answered, not the store: 400 is a key that it refuses.
      FaultCode code =
          status < 500 && status != 429
              ? FaultCode.CREDENTIALS_REFUSED
              : FaultCode.SERVER_UNREACHABLE;
      return StorageFaults.failure(code, doing, "no token for the credentials (" + status + ")");
    }
    Optional<GoogleJsonError> details =
        StorageFaults.cause(refused, GoogleJsonResponseException.class)
            .flatMap(it -> Optional.ofNullable(it.getDetails()));
    Optional<String> reason =
        details
            .flatMap(it -> Optional.ofNullable(it.getErrors()))
            .flatMap(it -> it.stream().findFirst())
            .flatMap(it -> Optional.ofNullable(it.getReason()));
    String words =
        details
            .flatMap(it -> Optional.ofNullable(it.getMessage()))
            .map(message -> ": " + message)
            .orElse("");
    boolean bucket = status == 404 && words.contains("bucket");
    return StorageFaults.failure(
        bucket ? FaultCode.STORE_REFUSED : StorageFaults.code(CODES, reason, status),
        doing,
        reason.orElse("no reason") + " (" + status + ")" + words);
  }
}
