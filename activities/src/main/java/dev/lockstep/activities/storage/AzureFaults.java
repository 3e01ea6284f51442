package dev.lockstep.activities.storage;

import com.azure.storage.blob.models.BlobStorageException;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From the answers of Azure to faults, by the <a
 * href="https://learn.microsoft.com/en-us/rest/api/storageservices/common-rest-api-error-codes">common</a>
 * error codes and those <a
 * href="https://learn.microsoft.com/en-us/rest/api/storageservices/blob-service-error-codes">of
 * blobs</a>.
 */
final class AzureFaults {
  private static final Map<String, FaultCode> CODES =
      Map.ofEntries(
          Map.entry("AccountBeingCreated", FaultCode.SERVER_UNREACHABLE),
          Map.entry("AccountIsDisabled", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("AuthenticationFailed", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("AuthorizationFailure", FaultCode.PRIVILEGE_MISSING),
          Map.entry("AuthorizationPermissionMismatch", FaultCode.PRIVILEGE_MISSING),
          Map.entry("BlobAlreadyExists", FaultCode.OBJECT_EXISTS),
          Map.entry("BlobImmutableDueToPolicy", FaultCode.STORE_REFUSED),
          Map.entry("BlobNotFound", FaultCode.OBJECT_MISSING),
          Map.entry("ConditionNotMet", FaultCode.OBJECT_EXISTS),
          Map.entry("ContainerBeingDeleted", FaultCode.STORE_REFUSED),
          Map.entry("ContainerDisabled", FaultCode.STORE_REFUSED),
          Map.entry("ContainerNotFound", FaultCode.STORE_REFUSED),
          Map.entry("InsufficientAccountPermissions", FaultCode.PRIVILEGE_MISSING),
          Map.entry("InternalError", FaultCode.SERVER_UNREACHABLE),
          Map.entry("InvalidAuthenticationInfo", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("LeaseIdMissing", FaultCode.STORE_REFUSED),
          Map.entry("NoAuthenticationInformation", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("OperationTimedOut", FaultCode.SERVER_UNREACHABLE),
          Map.entry("ResourceNotFound", FaultCode.OBJECT_MISSING),
          Map.entry("ServerBusy", FaultCode.SERVER_UNREACHABLE));

  /** Up to where the service names the request; what it tells of a signature stands elsewhere. */
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<\\n]*)");

  private AzureFaults() {}

  /**
   * Makes a request and translates what goes wrong.
   *
   * @param doing what it is for, with key and store
   */
  static <T> T translating(String doing, Supplier<T> request) {
    try {
      return request.get();
    } catch (ApplicationFailure known) {
      throw known;
    } catch (RuntimeException refused) {
      throw failure(doing, refused);
    }
  }

  static ApplicationFailure failure(String doing, Throwable refused) {
    Optional<BlobStorageException> answer =
        StorageFaults.cause(refused, BlobStorageException.class);
    if (answer.isPresent()) {
      return failure(doing, answer.get());
    }
    boolean silent =
        StorageFaults.cause(refused, IOException.class).isPresent()
            || StorageFaults.cause(refused, TimeoutException.class).isPresent();
    return silent
        ? StorageFaults.failure(FaultCode.SERVER_UNREACHABLE, doing, StorageFaults.reason(refused))
        // Its words may quote the address with a signature in it.
        : StorageFaults.failure(
            FaultCode.STORE_REFUSED, doing, "the client fails: " + refused.getClass().getName());
  }

  private static ApplicationFailure failure(String doing, BlobStorageException answer) {
    Optional<String> code = Optional.ofNullable(answer.getErrorCode()).map(Object::toString);
    String words = message(answer);
    // Emulators have one code for both.
    boolean login = words.contains("failed to authenticate");
    return StorageFaults.failure(
        login
            ? FaultCode.CREDENTIALS_REFUSED
            : StorageFaults.code(CODES, code, answer.getStatusCode()),
        doing,
        code.orElse("no code") + " (" + answer.getStatusCode() + ")" + words);
  }

  private static String message(BlobStorageException answer) {
    @Nullable String words = answer.getServiceMessage();
    Matcher message = MESSAGE.matcher(words == null ? "" : words);
    return message.find() ? ": " + message.group(1) : "";
  }
}
