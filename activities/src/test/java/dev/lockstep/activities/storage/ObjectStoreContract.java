package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of store does. Each test has a folder of its own. */
abstract class ObjectStoreContract {
  private static final int PART = PartSizes.FIRST;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** In place of a fault. */
  private static final FaultCode WON = FaultCode.INTERNAL_ERROR;

  private final String folder = "contract/" + UUID.randomUUID() + "/";

  /** The same one at each call. */
  protected abstract ObjectStore store();

  /** How many of the uploads that were left by one killed worker a sweep finds: 1, else 0. */
  protected int swept() {
    return 1;
  }

  /** Whether of two uploads in parts that end at the same moment only one wins. */
  protected boolean refusesLongRaces() {
    return true;
  }

  @Test
  void whatIsPutIsReadAndFound() throws IOException {
    String key = folder + "small.json";
    Instant before = Instant.now().minusSeconds(5);
    store().put(key, text("hello"), Existing.REPLACED);
    assertThat(read(key)).isEqualTo(text("hello"));
    StoredObject found = store().find(key).orElseThrow();
    assertThat(found.key()).isEqualTo(key);
    assertThat(found.bytes()).isEqualTo(5);
    assertThat(found.modified()).isBetween(before, Instant.now().plusSeconds(5));
    assertThat(store().list(folder)).extracting(StoredObject::key).containsExactly(key);
  }

  @Test
  void whatIsThereIsReplaced() throws IOException {
    String key = folder + "twice";
    store().put(key, text("first, and longer"), Existing.REPLACED);
    store().put(key, text("second"), Existing.REPLACED);
    assertThat(read(key)).isEqualTo(text("second"));
    assertThat(store().list(folder)).hasSize(1);
  }

  @Test
  void whatIsThereIsRefusedAndStays() throws IOException {
    String key = folder + "once";
    store().put(key, text("first"), Existing.REFUSED);
    assertThat(fault(() -> store().put(key, text("second"), Existing.REFUSED)))
        .isEqualTo(FaultCode.OBJECT_EXISTS);
    assertThat(read(key)).isEqualTo(text("first"));
  }

  @Test
  void aLongUploadIsRefusedToo() throws IOException {
    String key = folder + "once-long";
    store().put(key, text("first"), Existing.REFUSED);
    assertThat(fault(() -> upload(key, bytes(PART + 1), Existing.REFUSED)))
        .isEqualTo(FaultCode.OBJECT_EXISTS);
    assertThat(read(key)).isEqualTo(text("first"));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, PART + 1})
  void ofTwoWritersAtATimeOneWins(int size) throws Exception {
    String key = folder + "race";
    CyclicBarrier ready = new CyclicBarrier(2);
    ExecutorService writers = Executors.newFixedThreadPool(2);
    try {
      List<Future<FaultCode>> ends = new ArrayList<>();
      List<byte[]> contents = List.of(bytes(size), bytes(size));
      for (byte[] content : contents) {
        ends.add(
            writers.submit(
                () -> {
                  try (Upload upload = store().begin(key, Existing.REFUSED)) {
                    upload.write(content);
                    ready.await();
                    upload.complete();
                    return WON;
                  } catch (IOException refused) {
                    return code(refused);
                  }
                }));
      }
      List<FaultCode> codes = List.of(ends.get(0).get(), ends.get(1).get());
      if (size <= PART || refusesLongRaces()) {
        assertThat(codes).containsExactlyInAnyOrder(WON, FaultCode.OBJECT_EXISTS);
      }
      assertThat(codes).contains(WON);
      byte[] winner = read(key);
      assertThat(contents).filteredOn(it -> Arrays.equals(it, winner)).hasSize(1);
      assertThat(codes.get(Arrays.equals(contents.get(0), winner) ? 0 : 1)).isEqualTo(WON);
    } finally {
      writers.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 12345})
  void anyLengthComesBackAsItWas(int size) throws IOException {
    String key = folder + "length-" + size;
    byte[] content = bytes(size);
    upload(key, content, Existing.REPLACED);
    assertThat(Arrays.equals(read(key), content)).isTrue();
    assertThat(store().find(key).orElseThrow().bytes()).isEqualTo(size);
  }

  @Test
  void singleBytesAreTakenToo() throws IOException {
    String key = folder + "single";
    try (Upload upload = store().begin(key, Existing.REPLACED)) {
      upload.write('a');
      upload.write(0x180 | 'b');
      upload.complete();
    }
    assertThat(read(key)).isEqualTo(new byte[] {'a', (byte) (0x80 | 'b')});
  }

  @Test
  void anUploadIsSeenByNobodyBeforeItIsCompleted() throws IOException {
    String key = folder + "hidden";
    try (Upload upload = store().begin(key, Existing.REPLACED)) {
      upload.write(bytes(PART + 1));
      assertThat(store().find(key)).isEmpty();
      assertThat(store().list(folder)).isEmpty();
    }
    assertThat(store().find(key)).isEmpty();
    assertThat(store().list("contract/")).noneMatch(it -> it.key().startsWith(folder));
    assertThat(store().sweep(folder, Duration.ZERO)).isZero();
  }

  @Test
  void anUploadThatWasClosedTakesNothing() throws IOException {
    Upload upload = store().begin(folder + "closed", Existing.REPLACED);
    upload.write(1);
    upload.close();
    upload.close();
    assertThatThrownBy(() -> upload.write(2)).isInstanceOf(IOException.class);
    assertThatThrownBy(upload::complete).isInstanceOf(IOException.class);
    assertThat(store().find(folder + "closed")).isEmpty();
  }

  @Test
  void whatAKilledWorkerLeftIsSweptOnceItIsOldEnough() throws IOException {
    // Never closed, as by a worker that was killed.
    Upload left = store().begin(folder + "left/data", Existing.REPLACED);
    left.write(bytes(PART + 1));
    assertThat(store().sweep(folder, Duration.ofHours(1))).isZero();
    assertThat(store().sweep(folder + "other", Duration.ZERO)).isZero();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> store().sweep(folder, Duration.ZERO), it -> it == swept());
    assertThat(store().sweep(folder, Duration.ZERO)).isZero();
    assertThat(store().list(folder)).isEmpty();
  }

  @Test
  void moreThanAThousandAreListedInOrder() {
    List<String> keys =
        IntStream.range(0, 1003)
            .mapToObj(n -> folder + "many/%04d/x".formatted(n * 7 % 1003))
            .toList();
    keys.parallelStream().forEach(key -> store().put(key, text(key), Existing.REPLACED));
    assertThat(store().list(folder + "many/"))
        .extracting(StoredObject::key)
        .containsExactlyElementsOf(keys.stream().sorted().toList());
    assertThat(store().list(folder + "many/000")).hasSize(10);
    assertThat(store().list(folder + "none/")).isEmpty();
  }

  @Test
  void orderIsThatOfBytes() {
    List<String> keys =
        List.of("A", "a-b", "a.b", "a/b", "a0", "b", "\u00fc", "\uff21", "\ud83d\ude00");
    for (String key : keys.stream().sorted(Comparator.reverseOrder()).toList()) {
      store().put(folder + "order/" + key, text(key), Existing.REPLACED);
    }
    assertThat(store().list(folder + "order/"))
        .extracting(it -> it.key().substring(folder.length() + 6))
        .containsExactlyElementsOf(keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "plus+percent%20and%",
        "question?hash#and&equals=semi;colon:at@",
        "quotes'\"<tag>[]{}|^`~!*()",
        "\u00dcml\u00e4ut/\u65e5\u672c\u8a9e/\ud83d\ude00.dump",
        "deep/er/and/deeper/still"
      })
  void anyKeyIsTaken(String name) throws IOException {
    String key = folder + name;
    store().put(key, text(name), Existing.REFUSED);
    assertThat(read(key)).isEqualTo(text(name));
    assertThat(store().find(key).orElseThrow().key()).isEqualTo(key);
    assertThat(store().list(folder)).extracting(StoredObject::key).containsExactly(key);
    upload(key, bytes(PART + 1), Existing.REPLACED);
    assertThat(store().find(key).orElseThrow().bytes()).isEqualTo(PART + 1);
    store().delete(key);
    assertThat(store().list(folder)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/../b", "a/./b", "a\nb"})
  void whatIsNoKeyIsRefused(String key) {
    assertThat(fault(() -> store().put(key, text("x"), Existing.REPLACED)))
        .isEqualTo(FaultCode.STORE_REFUSED);
    assertThat(fault(() -> store().open(key).close())).isEqualTo(FaultCode.STORE_REFUSED);
    assertThat(fault(() -> store().delete(key))).isEqualTo(FaultCode.STORE_REFUSED);
  }

  @Test
  void whatIsDeletedIsGoneAndMayBeDeletedAgain() {
    String key = folder + "gone";
    store().put(key, text("x"), Existing.REPLACED);
    store().delete(key);
    assertThat(store().find(key)).isEmpty();
    assertThat(store().list(folder)).isEmpty();
    store().delete(key);
    store().put(key, text("again"), Existing.REFUSED);
    assertThat(store().find(key)).isPresent();
  }

  @Test
  void whatIsNotThereIsMissing() {
    String key = folder + "missing";
    assertThat(store().find(key)).isEmpty();
    assertThatThrownBy(() -> store().open(key))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            it -> {
              assertThat(it.getType()).isEqualTo(FaultCode.OBJECT_MISSING.name());
              assertThat(it.getOriginalMessage()).contains(key).contains(store().describe());
            });
  }

  @Test
  void readingMayEndEarlyAndBeRepeated() throws IOException {
    String key = folder + "early";
    byte[] content = bytes(PART + PART / 2);
    upload(key, content, Existing.REPLACED);
    for (int n = 0; n < 20; n++) {
      try (InputStream in = store().open(key)) {
        assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
      }
    }
    try (InputStream in = store().open(key)) {
      in.skipNBytes(PART);
      assertThat(in.read()).isEqualTo(content[PART] & 0xff);
    }
    assertThat(Arrays.equals(read(key), content)).isTrue();
  }

  /** The code of what it throws, by itself or as the cause of an {@link IOException}. */
  protected static FaultCode fault(ThrowingCallable action) {
    try {
      action.call();
    } catch (Throwable failed) {
      return code(failed);
    }
    throw new AssertionError("nothing was thrown");
  }

  private static FaultCode code(Throwable failed) {
    return FaultCode.valueOf(
        StorageFaults.cause(failed, ApplicationFailure.class)
            .orElseThrow(() -> new AssertionError(failed))
            .getType());
  }

  protected final void upload(String key, byte[] content, Existing existing) throws IOException {
    try (Upload upload = store().begin(key, existing)) {
      int piece = 1_000_000;
      for (int at = 0; at < content.length; at += piece) {
        upload.write(content, at, Math.min(piece, content.length - at));
      }
      upload.complete();
    }
  }

  protected final byte[] read(String key) throws IOException {
    try (InputStream in = store().open(key)) {
      return in.readAllBytes();
    }
  }

  protected static byte[] text(String words) {
    return words.getBytes(StandardCharsets.UTF_8);
  }

  /** Others at each call. */
  protected static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random().nextBytes(bytes);
    return bytes;
  }
}
