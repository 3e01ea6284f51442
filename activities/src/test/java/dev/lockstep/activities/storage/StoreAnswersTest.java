package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the adapters make of answers that real servers give only in trouble. */
final class StoreAnswersTest {
  private static final String SECRET = "c2VjcmV0LXRoYXQtbm9ib2R5LW1heS1zZWU=";
  private static final Duration SOON = Duration.ofSeconds(15);

  @ParameterizedTest
  @CsvSource({
    "403,AccessDenied,PRIVILEGE_MISSING",
    "403,InvalidAccessKeyId,CREDENTIALS_REFUSED",
    "403,SignatureDoesNotMatch,CREDENTIALS_REFUSED",
    "400,ExpiredToken,CREDENTIALS_REFUSED",
    "404,NoSuchBucket,STORE_REFUSED",
    "412,PreconditionFailed,OBJECT_EXISTS",
    "409,ConditionalRequestConflict,OBJECT_EXISTS",
    "503,SlowDown,SERVER_UNREACHABLE",
    "500,InternalError,SERVER_UNREACHABLE",
    "507,XMinioStorageFull,RESOURCE_EXHAUSTED",
    "507,Unheard,RESOURCE_EXHAUSTED",
    "501,NotImplemented,STORE_REFUSED",
    "418,Unheard,STORE_REFUSED"
  })
  void s3(int status, String code, FaultCode fault) {
    String body =
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>so it is</Message></Error>"
            .formatted(code);
    try (CannedServer server = CannedServer.answering(CannedServer.Answer.of(status, body));
        ObjectStore store = s3(server.address())) {
      assertThat(ObjectStoreContract.fault(() -> store.put("a", new byte[1], Existing.REPLACED)))
          .isEqualTo(fault);
      assertThatThrownBy(() -> store.list("a/"))
          .hasMessageContaining("listing shop/a/ in s3 bucket backups")
          .hasMessageContaining("so it is")
          .hasMessageNotContaining(SECRET);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401,authError,CREDENTIALS_REFUSED",
    "403,forbidden,PRIVILEGE_MISSING",
    "403,retentionPolicyNotMet,STORE_REFUSED",
    "403,objectUnderActiveHold,STORE_REFUSED",
    "403,quotaExceeded,RESOURCE_EXHAUSTED",
    "404,notFound,STORE_REFUSED",
    "412,conditionNotMet,OBJECT_EXISTS",
    "429,rateLimitExceeded,SERVER_UNREACHABLE",
    "503,backendError,SERVER_UNREACHABLE",
    "507,unheard,RESOURCE_EXHAUSTED",
    "400,unheard,STORE_REFUSED"
  })
  void gcs(int status, String reason, FaultCode fault) {
    String body =
        "{\"error\": {\"code\": %d, \"message\": \"so it is\", \"errors\": [{\"reason\": \"%s\"}]}}"
            .formatted(status, reason);
    CannedServer.Answer answer =
        new CannedServer.Answer(
            status, Map.of("Content-Type", "application/json"), body, body.length());
    try (CannedServer server = CannedServer.answering(answer);
        ObjectStore store = gcs(server.address())) {
      assertThat(ObjectStoreContract.fault(() -> store.put("a", new byte[1], Existing.REPLACED)))
          .isEqualTo(fault);
      assertThat(ObjectStoreContract.fault(() -> store.list(""))).isEqualTo(fault);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403,AuthenticationFailed,CREDENTIALS_REFUSED",
    "403,AuthorizationPermissionMismatch,PRIVILEGE_MISSING",
    "404,ContainerNotFound,STORE_REFUSED",
    "409,BlobAlreadyExists,OBJECT_EXISTS",
    "409,BlobImmutableDueToPolicy,STORE_REFUSED",
    "412,ConditionNotMet,OBJECT_EXISTS",
    "503,ServerBusy,SERVER_UNREACHABLE",
    "500,InternalError,SERVER_UNREACHABLE",
    "507,Unheard,RESOURCE_EXHAUSTED",
    "400,Unheard,STORE_REFUSED"
  })
  void azure(int status, String code, FaultCode fault) {
    String body =
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>so it is\nRequestId:1</Message><AuthenticationErrorDetail>sig=%s</AuthenticationErrorDetail></Error>"
            .formatted(code, SECRET);
    CannedServer.Answer answer =
        new CannedServer.Answer(
            status,
            Map.of("Content-Type", "application/xml", "x-ms-error-code", code),
            body,
            body.length());
    try (CannedServer server = CannedServer.answering(answer);
        ObjectStore store = azure(server.address())) {
      assertThat(ObjectStoreContract.fault(() -> store.put("a", new byte[1], Existing.REPLACED)))
          .isEqualTo(fault);
      assertThatThrownBy(() -> store.list("a/"))
          .hasMessageContaining("listing shop/a/ in azure container backups")
          .hasMessageContaining("so it is")
          .hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void aServiceInTroubleIsAskedThreeTimesAndToldSoon() {
    Instant before = Instant.now();
    try (CannedServer server = CannedServer.answering(CannedServer.Answer.of(503, ""));
        ObjectStore s3 = s3(server.address());
        ObjectStore gcs = gcs(server.address());
        ObjectStore azure = azure(server.address())) {
      for (ObjectStore store : List.of(s3, gcs, azure)) {
        assertThat(ObjectStoreContract.fault(() -> store.delete("a")))
            .isEqualTo(FaultCode.SERVER_UNREACHABLE);
      }
      assertThat(server.requests()).hasSize(9);
    }
    assertThat(Duration.between(before, Instant.now())).isLessThan(SOON);
  }

  @Test
  void whatIsCutOnItsWayIsNoEndOfTheObject() throws IOException {
    String body = "0123";
    CannedServer.Answer cut =
        new CannedServer.Answer(
            200, Map.of("Last-Modified", "Thu, 26 Nov 2026 02:00:00 GMT"), body, 10);
    try (CannedServer server = CannedServer.answering(cut);
        ObjectStore store = s3(server.address());
        InputStream in = store.open("a")) {
      assertThat(in.readNBytes(4)).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatDoesNotAddUpIsNotTheObject() throws IOException {
    CannedServer.Answer damaged =
        new CannedServer.Answer(200, Map.of("x-amz-checksum-crc32", "AAAAAA=="), "0123", 4);
    try (CannedServer server = CannedServer.answering(damaged);
        ObjectStore store = s3(server.address());
        InputStream in = store.open("a")) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  private static ObjectStore s3(String address) {
    StorePlace.AccessKeys keys =
        new StorePlace.AccessKeys(TestbedStores.secret("KEY"), TestbedStores.secret("SECRET"));
    return TestbedStores.open(
        new StorePlace.S3(
            Optional.of(address), "us-east-1", "backups", "shop/", true, Optional.of(keys)),
        Map.of("KEY", "key", "SECRET", SECRET));
  }

  private static ObjectStore gcs(String address) {
    return TestbedStores.open(
        new StorePlace.Gcs("backups", "shop/", Optional.of(address), Optional.empty()), Map.of());
  }

  private static ObjectStore azure(String address) {
    String connection =
        "AccountName=account;AccountKey=%s;BlobEndpoint=%s/account".formatted(SECRET, address);
    return TestbedStores.open(
        new StorePlace.Azure(
            "backups", "shop/", Optional.empty(), TestbedStores.secret("CONNECTION")),
        Map.of("CONNECTION", connection));
  }
}
