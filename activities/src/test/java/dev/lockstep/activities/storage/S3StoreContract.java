package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** A server that speaks S3, with the keys of the testbed. */
abstract class S3StoreContract extends OutsideStoreContract {
  private static final Map<String, String> SECRETS =
      Map.of("KEY", "testbed", "SECRET", "testbed-secret", "WRONG", "wrong-secret");
  private static final Duration DEAD = Duration.ofSeconds(15);

  private final String bucket = "lockstep-" + UUID.randomUUID();
  private ObjectStore store = new MemoryStore();

  /** Where the server is. */
  protected abstract String endpoint() throws Exception;

  @BeforeEach
  void makeTheBucket() throws Exception {
    try (S3Client client = client()) {
      client.createBucket(it -> it.bucket(bucket));
    }
    store = TestbedStores.open(place(bucket, "SECRET"), SECRETS);
  }

  @AfterEach
  void removeTheBucket() throws Exception {
    store.list("").forEach(object -> store.delete(object.key()));
    store.sweep("", Duration.ofDays(-1));
    store.close();
    try (S3Client client = client()) {
      client.deleteBucket(it -> it.bucket(bucket));
    }
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void aWrongKeyIsRefused() throws Exception {
    try (ObjectStore wrong = TestbedStores.open(place(bucket, "WRONG"), SECRETS)) {
      assertThat(fault(() -> wrong.put("a", text("x"), Existing.REPLACED)))
          .isEqualTo(FaultCode.CREDENTIALS_REFUSED);
      assertThat(fault(() -> wrong.find("a"))).isEqualTo(FaultCode.CREDENTIALS_REFUSED);
      assertThat(fault(() -> wrong.open("a"))).isEqualTo(FaultCode.CREDENTIALS_REFUSED);
      assertThatThrownBy(() -> wrong.list("")).message().doesNotContain("wrong-secret");
    }
  }

  @Test
  void aBucketThatIsNotThereIsNamed() throws Exception {
    try (ObjectStore none = other("no-such-bucket-" + UUID.randomUUID())) {
      assertThat(fault(() -> none.put("a", text("x"), Existing.REPLACED)))
          .isEqualTo(FaultCode.STORE_REFUSED);
      assertThat(fault(() -> none.open("a"))).isEqualTo(FaultCode.STORE_REFUSED);
      assertThatThrownBy(() -> none.open("a")).hasMessageContaining("no-such-bucket");
    }
  }

  @Test
  void aBucketThatIsNotThereHasNoList() throws Exception {
    try (ObjectStore none = other("no-such-bucket-" + UUID.randomUUID())) {
      assertThat(fault(() -> none.list(""))).isEqualTo(FaultCode.STORE_REFUSED);
    }
  }

  @Test
  void anAddressWhereNobodyAnswersIsToldSoon() {
    StorePlace.S3 place =
        new StorePlace.S3(
            Optional.of("http://127.0.0.1:1"), "us-east-1", bucket, "", true, keys("SECRET"));
    Instant before = Instant.now();
    try (ObjectStore dead = TestbedStores.open(place, SECRETS)) {
      assertThat(fault(() -> dead.put("a", text("x"), Existing.REPLACED)))
          .isEqualTo(FaultCode.SERVER_UNREACHABLE);
    }
    assertThat(Duration.between(before, Instant.now())).isLessThan(DEAD);
  }

  @Test
  void theOnesBesideThePrefixAreNotSeen() throws Exception {
    try (S3Client client = client()) {
      client.putObject(it -> it.bucket(bucket).key("other/a"), RequestBody.fromString("x"));
      assertThat(store.list("")).isEmpty();
      client.deleteObject(it -> it.bucket(bucket).key("other/a"));
    }
  }

  @Test
  void aLockedObjectStaysAndTheLockIsNamed() throws Exception {
    String locking = bucket + "-l";
    Instant until = Instant.now().plusSeconds(3600);
    try (S3Client client = client();
        ObjectStore locked = TestbedStores.open(place(locking, "SECRET"), SECRETS)) {
      client.createBucket(it -> it.bucket(locking).objectLockEnabledForBucket(true));
      locked.put("kept", text("x"), Existing.REPLACED);
      client.putObjectRetention(
          it ->
              it.bucket(locking)
                  .key("shop/kept")
                  .retention(
                      r -> r.mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(until)));
      assertThatThrownBy(() -> locked.delete("kept")).hasMessageContaining("COMPLIANCE until");
      assertThat(fault(() -> locked.delete("kept"))).isEqualTo(FaultCode.STORE_REFUSED);
      assertThat(locked.find("kept")).isPresent();
    }
  }

  /** Another bucket of the server. */
  protected final ObjectStore other(String name) throws Exception {
    return TestbedStores.open(place(name, "SECRET"), SECRETS);
  }

  private StorePlace.S3 place(String inBucket, String secret) throws Exception {
    return new StorePlace.S3(
        Optional.of(endpoint()), "us-east-1", inBucket, "shop/", true, keys(secret));
  }

  private static Optional<StorePlace.AccessKeys> keys(String secret) {
    return Optional.of(
        new StorePlace.AccessKeys(TestbedStores.secret("KEY"), TestbedStores.secret(secret)));
  }

  private S3Client client() throws Exception {
    return S3Clients.client(
        place(bucket, "SECRET"),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("testbed", "testbed-secret")));
  }
}
