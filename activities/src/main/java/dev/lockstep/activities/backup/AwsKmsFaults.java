package dev.lockstep.activities.backup;

import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * From the answers of AWS KMS to faults, by the errors of <a
 * href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html#API_Decrypt_Errors">Decrypt</a>
 * and the <a href="https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html">common
 * ones</a>.
 */
record AwsKmsFaults(KeyTrouble trouble) {
  private static final int SERVER_ERRORS = 500;

  private static final String REFUSED_LOGIN =
      "its access key or session is refused; give one that is valid";

  /** What a person has to put right. */
  private static final Map<String, String> WRONG =
      Map.ofEntries(
          Map.entry(
              "AccessDeniedException",
              "it does not allow that, or there is no such key; allow kms:Encrypt and kms:Decrypt"),
          Map.entry("DisabledException", "it is disabled; enable it"),
          Map.entry("ExpiredTokenException", REFUSED_LOGIN),
          Map.entry("IncompleteSignature", REFUSED_LOGIN),
          Map.entry("InvalidClientTokenId", REFUSED_LOGIN),
          Map.entry("InvalidKeyUsageException", "it is not for encryption; give one that is"),
          Map.entry("InvalidSignatureException", REFUSED_LOGIN),
          Map.entry(
              "KMSInvalidStateException",
              "it is about to be deleted, or in another state without use; cancel that, or give"
                  + " another key"),
          Map.entry("MissingAuthenticationToken", REFUSED_LOGIN),
          Map.entry("NotFoundException", "there is no such key in this account; give one there is"),
          Map.entry("OptInRequired", REFUSED_LOGIN),
          Map.entry("UnrecognizedClientException", REFUSED_LOGIN),
          Map.entry(
              "ValidationException",
              "it does not take an encryption context; give a symmetric key for encryption"));

  /** What may pass, whatever the status. */
  private static final Set<String> PASSING =
      Set.of(
          "DependencyTimeoutException",
          "KMSInternalException",
          "KeyUnavailableException",
          "LimitExceededException",
          "RequestExpired",
          "ServiceUnavailable",
          "ThrottlingException");

  /** Throws where the key works and what it was given is not its own. */
  void throwIfUnfit(SdkException refused) throws GeneralSecurityException {
    switch (code(refused).orElse("")) {
      case "IncorrectKeyException" -> throw new KeyWrapper.OtherKeyException();
      case "InvalidCiphertextException" ->
          throw new GeneralSecurityException("the service does not decrypt it");
      default -> {}
    }
  }

  ApplicationFailure failure(SdkException refused) {
    if (!(refused instanceof AwsServiceException answer)) {
      boolean keyless = String.valueOf(refused.getMessage()).contains("Unable to load credentials");
      return keyless
          ? Damage.failure(
              FaultCode.CREDENTIALS_MISSING,
              "store %s has no access key for %s, and the environment of the worker has none."
                  .formatted(trouble.store(), trouble.key()))
          : trouble.away("no answer");
    }
    String name = code(refused).orElse("status " + answer.statusCode());
    if (PASSING.contains(name) || answer.statusCode() >= SERVER_ERRORS) {
      return trouble.away("it answers " + name);
    }
    return trouble.wrong(WRONG.getOrDefault(name, "it refuses") + " (" + name + ")");
  }

  private static Optional<String> code(SdkException refused) {
    return refused instanceof AwsServiceException answer && answer.awsErrorDetails() != null
        ? Optional.ofNullable(answer.awsErrorDetails().errorCode()).filter(it -> !it.isEmpty())
        : Optional.empty();
  }
}
