package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.storage.CannedServer;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.definitions.model.StorePlace.AccessKeys;
import dev.lockstep.definitions.model.WrappingKey;
import dev.lockstep.workflows.fault.FaultCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of answers that services give only in trouble. */
final class KeyAnswersTest {
  private static final String SECRET = "hunter2";
  private static final Layout BACKUP = new Layout("shop-nightly", "20261101T020000Z");

  @ParameterizedTest
  @CsvSource({
    "400,AccessDeniedException,KEY_WRONG",
    "400,DisabledException,KEY_WRONG",
    "400,ExpiredTokenException,KEY_WRONG",
    "400,InvalidKeyUsageException,KEY_WRONG",
    "400,KMSInvalidStateException,KEY_WRONG",
    "400,NotFoundException,KEY_WRONG",
    "400,UnrecognizedClientException,KEY_WRONG",
    "400,ValidationException,KEY_WRONG",
    "400,Unheard,KEY_WRONG",
    "400,ThrottlingException,SERVER_UNREACHABLE",
    "500,DependencyTimeoutException,SERVER_UNREACHABLE",
    "500,KeyUnavailableException,SERVER_UNREACHABLE",
    "503,Unheard,SERVER_UNREACHABLE"
  })
  void awsKms(int status, String code, FaultCode fault) {
    String body = "{\"__type\": \"%s\", \"message\": \"%s\"}".formatted(code, SECRET);
    try (CannedServer server = answering(status, body);
        KeyWrapper key = aws(server.address())) {
      fault(fault, () -> key.wrap(new byte[1], BACKUP))
          .contains("store safe ", "the key alias/backups of AWS KMS in eu-west-3", code)
          .doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "307,KEY_WRONG,look at its address",
    "403,KEY_WRONG,allow update on transit/encrypt/backups",
    "404,KEY_WRONG,there is no such engine",
    "412,SERVER_UNREACHABLE,412",
    "429,SERVER_UNREACHABLE,429",
    "500,SERVER_UNREACHABLE,500",
    "503,SERVER_UNREACHABLE,503"
  })
  void transit(int status, FaultCode fault, String why) {
    try (CannedServer server = answering(status, "{\"errors\": [\"" + SECRET + "\"]}");
        KeyWrapper key = transit(server.address(), "token")) {
      fault(fault, () -> key.wrap(new byte[1], BACKUP))
          .contains("store safe ", "the key transit/backups of Vault at " + server.address(), why)
          .doesNotContain(SECRET);
      assertThat(server.requests()).containsExactly("POST /v1/transit/encrypt/backups");
    }
  }

  @Test
  void whatIsNoVaultIsSaid() {
    for (String body : new String[] {"<html>hunter2", "{}", "{\"data\": {\"ciphertext\": 1}}"}) {
      try (CannedServer server = answering(200, body);
          KeyWrapper key = transit(server.address(), "token")) {
        fault(FaultCode.KEY_WRONG, () -> key.wrap(new byte[1], BACKUP))
            .contains("look at address and mount")
            .doesNotContain(SECRET);
      }
    }
  }

  @Test
  void aTokenThatIsNoneIsNotShown() {
    try (KeyWrapper key = transit("http://127.0.0.1:9", "hunter2\nhunter2")) {
      fault(FaultCode.KEY_WRONG, () -> key.wrap(new byte[1], BACKUP)).doesNotContain(SECRET);
    }
  }

  @Test
  void aCertificateThatIsNoneIsNotShown() {
    WrappingKey.Transit key =
        new WrappingKey.Transit(
            "https://127.0.0.1:9",
            "transit",
            "backups",
            new SecretReference.Variable("TOKEN"),
            Optional.empty(),
            Optional.of(new SecretReference.Variable("CA")));
    fault(FaultCode.KEY_WRONG, () -> key.accept(new WrappingKeys(any -> SECRET, "safe")))
        .isEqualTo(
            "what is in the variable CA, the ca of the key of store safe, is no certificate in"
                + " PEM.");
  }

  private static CannedServer answering(int status, String body) {
    return CannedServer.answering(CannedServer.Answer.of(status, body));
  }

  private static KeyWrapper aws(String address) {
    SecretReference half = new SecretReference.Variable("HALF");
    return new WrappingKey.AwsKms(
            "alias/backups",
            "eu-west-3",
            Optional.of(address),
            Optional.of(new AccessKeys(half, half)))
        .accept(new WrappingKeys(any -> SECRET, "safe"));
  }

  private static KeyWrapper transit(String address, String token) {
    return new WrappingKey.Transit(
            address,
            "transit",
            "backups",
            new SecretReference.Variable("TOKEN"),
            Optional.empty(),
            Optional.empty())
        .accept(new WrappingKeys(any -> token, "safe"));
  }
}
