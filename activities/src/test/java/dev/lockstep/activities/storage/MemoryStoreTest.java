package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MemoryStoreTest extends ObjectStoreContract {
  private final MemoryStore store = new MemoryStore();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void findsNoRoomWhereTheTestWantsIt() {
    store.refuseAt(PartSizes.FIRST);
    assertThat(fault(() -> upload("full", bytes(2 * PartSizes.FIRST), Existing.REPLACED)))
        .isEqualTo(FaultCode.RESOURCE_EXHAUSTED);
    assertThat(store.list("")).isEmpty();
    assertThat(store.unfinished()).isZero();
  }

  @Test
  void cutsWhatIsRead() throws IOException {
    store.put("cut", text("0123456789"), Existing.REPLACED);
    store.cutReadsAt(4);
    try (InputStream in = store.open("cut")) {
      assertThat(in.readNBytes(4)).isEqualTo(text("0123"));
      assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("4 bytes");
    }
  }

  @Test
  void damagesOneBit() throws IOException {
    store.put("damaged", text("0000"), Existing.REPLACED);
    store.flip("damaged", 2);
    assertThat(read("damaged")).isEqualTo(text("0010"));
  }

  @Test
  void waitsBeforeEachPart() throws IOException {
    AtomicInteger waited = new AtomicInteger();
    store.beforeEachPart(waited::incrementAndGet);
    upload("slow", bytes(2 * PartSizes.FIRST + 1), Existing.REPLACED);
    assertThat(waited).hasValue(3);
  }

  @Test
  void aSweptUploadCannotBeCompleted() throws IOException {
    Upload upload = store.begin("swept", Existing.REPLACED);
    upload.write(1);
    store.sweep("", Duration.ofSeconds(-1));
    assertThat(fault(upload::complete)).isEqualTo(FaultCode.STORE_REFUSED);
  }
}
