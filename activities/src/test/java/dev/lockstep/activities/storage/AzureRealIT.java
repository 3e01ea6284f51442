package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
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

/** Azure Blob Storage as azurite speaks it. */
final class AzureRealIT extends OutsideStoreContract {
  /** Published: every azurite has it. */
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final Duration DEAD = Duration.ofSeconds(15);

  private final String container = "lockstep-" + UUID.randomUUID();
  private ObjectStore store = new MemoryStore();

  @BeforeEach
  void makeTheContainer() throws Exception {
    client().create();
    store = open(container, KEY, endpoint());
  }

  @AfterEach
  void removeTheContainer() throws Exception {
    client().delete();
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
  void aWrongKeyIsRefused() throws Exception {
    try (ObjectStore wrong = open(container, KEY.replace("Eby8", "Eby9"), endpoint())) {
      assertThat(fault(() -> wrong.put("a", text("x"), Existing.REPLACED)))
          .isEqualTo(FaultCode.CREDENTIALS_REFUSED);
      assertThat(fault(() -> wrong.list(""))).isEqualTo(FaultCode.CREDENTIALS_REFUSED);
    }
  }

  @Test
  void whatIsNoConnectionStringIsRefusedWithoutItsWords() {
    StorePlace.Azure place =
        new StorePlace.Azure(container, "", Optional.empty(), TestbedStores.secret("STRING"));
    assertThatThrownBy(() -> TestbedStores.open(place, Map.of("STRING", "AccountKey=topsecret")))
        .hasMessageContaining("connection string")
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void aContainerThatIsNotThereIsNamed() throws Exception {
    try (ObjectStore none = open("no-such-container", KEY, endpoint())) {
      assertThat(fault(() -> none.put("a", text("x"), Existing.REPLACED)))
          .isEqualTo(FaultCode.STORE_REFUSED);
      assertThat(fault(() -> none.open("a"))).isEqualTo(FaultCode.STORE_REFUSED);
      assertThat(fault(() -> none.find("a"))).isEqualTo(FaultCode.STORE_REFUSED);
      assertThatThrownBy(() -> none.list("")).hasMessageContaining("no-such-container");
    }
  }

  @Test
  void anAddressWhereNobodyAnswersIsToldSoon() {
    Instant before = Instant.now();
    try (ObjectStore dead = open(container, KEY, "http://127.0.0.1:1/devstoreaccount1")) {
      assertThat(fault(() -> dead.list(""))).isEqualTo(FaultCode.SERVER_UNREACHABLE);
    }
    assertThat(Duration.between(before, Instant.now())).isLessThan(DEAD);
  }

  private BlobContainerClient client() throws Exception {
    return AzureClients.client(place(container, endpoint()), connection(KEY, endpoint()));
  }

  private static ObjectStore open(String container, String key, String endpoint) {
    return TestbedStores.open(
        place(container, endpoint), Map.of("STRING", connection(key, endpoint)));
  }

  private static StorePlace.Azure place(String container, String endpoint) {
    return new StorePlace.Azure(
        container, "shop/", Optional.of(endpoint), TestbedStores.secret("STRING"));
  }

  private static String connection(String key, String endpoint) {
    return "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=%s;BlobEndpoint=%s;"
        .formatted(key, endpoint);
  }

  private static String endpoint() throws Exception {
    return TestbedStores.address("LOCKSTEP_TESTBED_AZURE", "azure");
  }
}
