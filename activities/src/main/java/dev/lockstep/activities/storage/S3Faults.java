package dev.lockstep.activities.storage;

import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * From the answers of S3 to faults, by the <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList">list of
 * error codes</a>; the last ones of the table are those of other servers that speak S3.
 */
final class S3Faults {
  private static final Map<String, FaultCode> CODES =
      Map.ofEntries(
          Map.entry("AccessDenied", FaultCode.PRIVILEGE_MISSING),
          Map.entry("AccountProblem", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("AllAccessDisabled", FaultCode.PRIVILEGE_MISSING),
          Map.entry("AuthorizationHeaderMalformed", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("ConditionalRequestConflict", FaultCode.OBJECT_EXISTS),
          Map.entry("ExpiredToken", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("InternalError", FaultCode.SERVER_UNREACHABLE),
          Map.entry("InvalidAccessKeyId", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("InvalidToken", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("NoSuchBucket", FaultCode.STORE_REFUSED),
          Map.entry("NoSuchKey", FaultCode.OBJECT_MISSING),
          Map.entry("NoSuchUpload", FaultCode.STORE_REFUSED),
          Map.entry("PreconditionFailed", FaultCode.OBJECT_EXISTS),
          Map.entry("RequestTimeTooSkewed", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("RequestTimeout", FaultCode.SERVER_UNREACHABLE),
          Map.entry("ServiceUnavailable", FaultCode.SERVER_UNREACHABLE),
          Map.entry("SignatureDoesNotMatch", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("SlowDown", FaultCode.SERVER_UNREACHABLE),
          Map.entry("TokenRefreshRequired", FaultCode.CREDENTIALS_REFUSED),
          Map.entry("InsufficientStorage", FaultCode.RESOURCE_EXHAUSTED),
          Map.entry("QuotaExceeded", FaultCode.RESOURCE_EXHAUSTED),
          Map.entry("XMinioStorageFull", FaultCode.RESOURCE_EXHAUSTED));

  private S3Faults() {}

  /**
   * Makes a request and translates what goes wrong.
   *
   * @param doing what it is for, with key and store
   */
  static <T> T translating(String doing, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException refused) {
      throw failure(doing, refused);
    }
  }

  static ApplicationFailure failure(String doing, SdkException refused) {
    if (refused instanceof AwsServiceException answer) {
      Optional<String> code = code(answer);
      String words = code.orElse("no code") + " (" + answer.statusCode() + ")" + message(answer);
      return StorageFaults.failure(
          StorageFaults.code(CODES, code, answer.statusCode()), doing, words);
    }
    boolean silent = StorageFaults.cause(refused, IOException.class).isPresent();
    boolean keyless =
        refused instanceof SdkClientException
            && String.valueOf(refused.getMessage()).contains("Unable to load credentials");
    FaultCode code =
        keyless
            ? FaultCode.CREDENTIALS_MISSING
            : silent ? FaultCode.SERVER_UNREACHABLE : FaultCode.STORE_REFUSED;
    return StorageFaults.failure(
        code,
        doing,
        keyless
            ? "no access key in the definition, and none in the environment of the worker"
            : StorageFaults.reason(refused));
  }

  /** The service's own name of what is wrong; an answer to HEAD has none. */
  static Optional<String> code(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .flatMap(details -> Optional.ofNullable(details.errorCode()))
        .filter(code -> !code.isEmpty() && !code.chars().allMatch(Character::isDigit));
  }

  private static String message(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .flatMap(details -> Optional.ofNullable(details.errorMessage()))
        .filter(words -> !words.isEmpty())
        .map(words -> ": " + words)
        .orElse("");
  }
}
