package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Without a fault it is a store like the others; with one it fails as they do. */
final class FaultyStoreTest extends ObjectStoreContract {
  private final MemoryStore memory = new MemoryStore();
  private final FaultyStore store = new FaultyStore(memory);

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void allUploadsTogetherFindNoRoomBehindAByte() throws IOException {
    store.refuseAt(10);
    upload("first", bytes(6), Existing.REPLACED);
    assertThat(fault(() -> upload("second", bytes(5), Existing.REPLACED)))
        .isEqualTo(FaultCode.RESOURCE_EXHAUSTED);
    assertThat(store.keys()).containsExactly("first");
    assertThat(memory.unfinished()).isZero();

    store.recover();
    upload("second", bytes(5), Existing.REPLACED);
    assertThat(store.keys()).containsExactly("first", "second");
  }

  @Test
  void everyCallFailsFromOneOn() {
    store.put("there", text("x"), Existing.REPLACED);
    store.failFrom(2);
    assertThat(store.find("there")).isPresent();
    assertThat(fault(() -> store.find("there"))).isEqualTo(FaultCode.SERVER_UNREACHABLE);
    assertThat(fault(() -> store.begin("new", Existing.REPLACED).close()))
        .isEqualTo(FaultCode.SERVER_UNREACHABLE);
    assertThat(fault(() -> store.put("new", text("x"), Existing.REPLACED)))
        .isEqualTo(FaultCode.SERVER_UNREACHABLE);
    assertThat(fault(() -> store.open("there").close())).isEqualTo(FaultCode.SERVER_UNREACHABLE);
    assertThat(fault(() -> store.list(""))).isEqualTo(FaultCode.SERVER_UNREACHABLE);
    assertThat(fault(() -> store.delete("there"))).isEqualTo(FaultCode.SERVER_UNREACHABLE);
    assertThat(fault(() -> store.sweep("", Duration.ZERO))).isEqualTo(FaultCode.SERVER_UNREACHABLE);
    assertThat(store.calls()).isEqualTo(8);
    assertThat(store.keys()).as("what a test looks at").containsExactly("there");
  }

  @Test
  void theEndOfAnUploadIsACallToo() throws IOException {
    store.failFrom(2);
    try (Upload upload = store.begin("new", Existing.REPLACED)) {
      upload.write(1);
      assertThat(fault(upload::complete)).isEqualTo(FaultCode.SERVER_UNREACHABLE);
    }
    assertThat(store.keys()).isEmpty();
    assertThat(memory.unfinished()).isZero();
  }

  @Test
  void whatIsReadIsCut() throws IOException {
    store.put("cut", text("0123456789"), Existing.REPLACED);
    store.cutReadsAt(4);
    try (InputStream in = store.open("cut")) {
      assertThat(in.readNBytes(4)).isEqualTo(text("0123"));
      assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("4 bytes");
    }
  }

  @Test
  void oneBitIsTurnedAroundAndBack() throws IOException {
    store.put("damaged", text("0000"), Existing.REPLACED);
    store.flip("damaged", 16);
    assertThat(read("damaged")).isEqualTo(text("0010"));
    store.flip("damaged", 16);
    assertThat(read("damaged")).isEqualTo(text("0000"));
  }

  @Test
  void anObjectIsCutOrFilledUp() throws IOException {
    store.put("short", text("0123"), Existing.REPLACED);
    store.truncate("short", 2);
    assertThat(read("short")).isEqualTo(text("01"));
    store.truncate("short", 3);
    assertThat(read("short")).isEqualTo(new byte[] {'0', '1', 0});
  }

  @Test
  void aLockedObjectStaysUntilItIsLost() {
    store.put("locked", text("x"), Existing.REPLACED);
    store.lock("locked");
    assertThat(fault(() -> store.delete("locked"))).isEqualTo(FaultCode.STORE_REFUSED);
    assertThat(store.keys()).containsExactly("locked");
    store.lose("locked");
    assertThat(store.keys()).isEmpty();
  }

  @Test
  void aConditionIsIgnoredOrItsAnswerLost() throws IOException {
    store.loseAnswers();
    assertThat(fault(() -> store.put("once", text("first"), Existing.REFUSED)))
        .isEqualTo(FaultCode.OBJECT_EXISTS);
    assertThat(fault(() -> upload("long", text("first"), Existing.REFUSED)))
        .isEqualTo(FaultCode.OBJECT_EXISTS);
    assertThat(store.bytes("once")).isEqualTo(store.bytes("long")).isEqualTo(text("first"));

    FaultyStore other = new FaultyStore(memory);
    other.replaceAlways();
    other.put("once", text("second"), Existing.REFUSED);
    assertThat(other.bytes("once")).isEqualTo(text("second"));
  }

  @Test
  void whatIsForgottenCountsAndIsNotKept() {
    store.forgetData();
    store.refuseAt(7);
    assertThat(fault(() -> upload("gone", bytes(8), Existing.REPLACED)))
        .isEqualTo(FaultCode.RESOURCE_EXHAUSTED);
    store.recover();
    assertThat(fault(() -> store.open("gone").close())).isEqualTo(FaultCode.OBJECT_MISSING);
  }

  @Test
  void anUploadThatHangsIsEndedByAnInterruption() throws Exception {
    store.block();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> write =
          writer.submit(
              () -> {
                upload("hanging", bytes(1), Existing.REPLACED);
                return true;
              });
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> memory.unfinished() == 1);
      assertThat(write.isDone()).isFalse();
      writer.shutdownNow();
      assertThatThrownBy(write::get).hasRootCauseInstanceOf(InterruptedException.class);
      assertThat(writer.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      assertThat(memory.unfinished()).isZero();
    } finally {
      writer.shutdownNow();
    }
  }
}
