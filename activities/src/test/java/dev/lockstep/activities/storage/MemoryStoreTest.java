package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MemoryStoreTest extends ObjectStoreContract {
  private final MemoryStore store = new MemoryStore();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void aSweptUploadCannotBeCompleted() throws IOException {
    Upload upload = store.begin("swept", Existing.REPLACED);
    upload.write(1);
    assertThat(store.unfinished()).isEqualTo(1);
    store.sweep("", Duration.ofSeconds(-1));
    assertThat(store.unfinished()).isZero();
    assertThat(fault(upload::complete)).isEqualTo(FaultCode.STORE_REFUSED);
  }

  @Test
  void itsTimeIsThatOfTheTest() {
    Instant time = Instant.parse("2026-11-26T12:00:00Z");
    MemoryStore other = new MemoryStore(() -> time);
    other.put("now", text("x"), Existing.REPLACED);
    assertThat(other.find("now").orElseThrow().modified()).isEqualTo(time);
  }
}
