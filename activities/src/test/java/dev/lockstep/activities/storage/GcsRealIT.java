package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google Cloud Storage as fake-gcs-server speaks it: without credentials. */
final class GcsRealIT extends OutsideStoreContract {
  private static final Duration DEAD = Duration.ofSeconds(15);

  private final String bucket = "lockstep-" + UUID.randomUUID();
  private ObjectStore store = new MemoryStore();

  @BeforeEach
  void makeTheBucket() throws Exception {
    String endpoint = endpoint();
    HttpRequest bucketOfThat =
        HttpRequest.newBuilder(URI.create(endpoint + "/storage/v1/b?project=test"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + bucket + "\"}"))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(bucketOfThat, HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
    store = open(bucket, endpoint);
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected int swept() {
    return 0;
  }

  @Test
  void aBucketThatIsNotThereIsNamed() throws Exception {
    try (ObjectStore none = open("no-such-bucket", endpoint())) {
      assertThat(fault(() -> none.put("a", text("x"), Existing.REPLACED)))
          .isEqualTo(FaultCode.STORE_REFUSED);
      assertThat(fault(() -> none.list(""))).isEqualTo(FaultCode.STORE_REFUSED);
    }
  }

  @Test
  void anAddressWhereNobodyAnswersIsToldSoon() {
    Instant before = Instant.now();
    try (ObjectStore dead = open(bucket, "http://127.0.0.1:1")) {
      assertThat(fault(() -> dead.list(""))).isEqualTo(FaultCode.SERVER_UNREACHABLE);
    }
    assertThat(Duration.between(before, Instant.now())).isLessThan(DEAD);
  }

  private static ObjectStore open(String bucket, String endpoint) {
    return TestbedStores.open(
        new StorePlace.Gcs(bucket, "shop/", Optional.of(endpoint), Optional.empty()), Map.of());
  }

  private static String endpoint() throws Exception {
    return TestbedStores.address("LOCKSTEP_TESTBED_GCS", "gcs");
  }
}
