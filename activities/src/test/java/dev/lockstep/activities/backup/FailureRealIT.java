package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Faulty.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever breaks: no manifest, nothing open, and the next attempt succeeds. */
final class FailureRealIT {
  private static final int MIB = 1 << 20;

  private final BackupFixture fixture = BackupFixture.encrypted();
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    other.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100_000, MIB, 5 * MIB + 3})
  void aDumpThatIsCutIsNoBackup(long at) {
    fixture.engine.part("good.sql", () -> Rows.of(3 * MIB));
    fixture.engine.part("bad.sql", () -> Rows.cutAt(at));

    fault(FaultCode.DUMP_FAILED, () -> fixture.take(BackupFixture.ID))
        .contains("bad.sql", "the program ended with status 1");

    nothingIsThere();
    theNextAttemptSucceeds();
  }

  @Test
  void theFaultOfAnEngineComesThrough() {
    fixture.engine.part(
        "bad.sql",
        () -> {
          throw new IOException(
              "cut", Damage.failure(FaultCode.SERVER_UNREACHABLE, "the pod is gone"));
        });
    fault(FaultCode.SERVER_UNREACHABLE, () -> fixture.take(BackupFixture.ID))
        .isEqualTo("the pod is gone");
    nothingIsThere();
  }

  @Test
  void aPartWhoseEndCannotBeProvenIsNoBackup() {
    fixture.engine.part(
        "late.sql",
        () ->
            new FilterInputStream(Rows.of(100)) {
              @Override
              public void close() throws IOException {
                throw new IOException("the program ended with status 2");
              }
            });
    fault(FaultCode.DUMP_FAILED, () -> fixture.take(BackupFixture.ID)).contains("status 2");
    nothingIsThere();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 40, MIB, 3 * MIB})
  void theFaultOfAStoreThatIsFullIsTheStores(long at) {
    fixture.engine.compressedPart("a.dump", () -> RoundTripTest.noise(4 * MIB));
    fixture.engine.compressedPart("b.dump", () -> RoundTripTest.noise(4 * MIB));
    fixture.engine.compressedPart("c.dump", () -> RoundTripTest.noise(4 * MIB));
    fixture.store.refuseAt(at);

    fault(FaultCode.RESOURCE_EXHAUSTED, () -> fixture.take(BackupFixture.ID))
        .isEqualTo("the bucket is full");

    nothingIsThere();
    theNextAttemptSucceeds();
  }

  @Test
  void aStoreThatIsGoneAtAnyCallLeavesNoBackup() {
    fixture.engine.part("a.sql", () -> Rows.of(1000));
    fixture.engine.part("b.sql", () -> Rows.of(1000));
    fixture.store.failFrom(Integer.MAX_VALUE);
    fixture.take("20261126T000000Z");
    int calls = fixture.store.calls();
    assertThat(calls).isGreaterThan(8);
    for (int call = 1; call <= calls; call++) {
      String id = "20261126T02%04dZ".formatted(call);
      fixture.store.failFrom(call);
      // Of two parts at once the one that is stopped may make a call less.
      Throwable thrown = catchThrowable(() -> fixture.take(id));
      fixture.store.recover();
      if (thrown == null) {
        assertThat(fixture.isListed(id)).isTrue();
      } else {
        assertThat(thrown).isInstanceOf(ApplicationFailure.class);
        assertThat(((ApplicationFailure) thrown).getType()).isEqualTo("SERVER_UNREACHABLE");
        assertThat(fixture.isListed(id)).as("call %s", call).isFalse();
      }
      assertThat(fixture.memory.unfinished()).isZero();
      fixture.take(id);
      fixture.readBack(id);
    }
    assertThat(fixture.engine.closed()).isEqualTo(fixture.engine.begun());
  }

  @Test
  void theWishToStopEndsADumpThatSaysNothing() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    fixture.engine.part("silent.sql", () -> silent(reads));
    Future<?> take = other.submit(() -> fixture.take(BackupFixture.ID));
    reads.await();
    stopsSoon(take);
  }

  @Test
  void theWishToStopEndsAnUploadThatHangs() {
    fixture.engine.part("endless.sql", () -> Rows.of(Long.MAX_VALUE));
    fixture.store.block();
    Future<?> take = other.submit(() -> fixture.take(BackupFixture.ID));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> fixture.memory.unfinished() == 1 && fixture.reporter.told().size() > 3);
    long done = fixture.reporter.told().get(fixture.reporter.told().size() - 1).done();
    assertThat(done).as("the source waits for the store").isLessThan(256L * MIB);
    stopsSoon(take);
  }

  @Test
  void theRateIsKeptAndSaidToBeTheReason() {
    fixture.maxRate = Optional.of(new ByteRate(new ByteCount(2L * MIB)));
    fixture.engine.part("a.sql", () -> Rows.of(MIB));
    fixture.engine.part("b.sql", () -> Rows.of(MIB));
    long began = System.nanoTime();
    fixture.take(BackupFixture.ID);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("2 MiB of both parts at 2 MiB/s")
        .isBetween(Duration.ofMillis(850), Duration.ofSeconds(20));
    assertThat(fixture.reporter.reasons()).contains("no more than 2MiB/s are read");
  }

  @Test
  void progressCountsBytesOfTheDump() {
    fixture.maxRate = Optional.of(new ByteRate(new ByteCount(1000)));
    fixture.engine.part("a.sql", () -> Rows.of(1000));
    fixture.take(BackupFixture.ID);
    assertThat(fixture.reporter.told())
        .anySatisfy(
            progress -> {
              assertThat(progress.step()).isEqualTo("take");
              assertThat(progress.total()).isEqualTo(1000);
              assertThat(progress.done()).isBetween(1L, 999L);
              assertThat(progress.perSecond()).isPositive();
              assertThat(progress.remaining()).isPresent();
            });
  }

  @Test
  void anObjectThatVanishesBeforeTheManifestIsNoticed() {
    fixture.engine.part(
        "a.sql",
        () -> {
          assertThat(fixture.store.keys()).contains(fixture.layout().key());
          fixture.store.lose(fixture.layout().key());
          return Rows.of(10);
        });
    assertThatThrownBy(() -> fixture.take(BackupFixture.ID))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("key.json");
    assertThat(fixture.isListed(BackupFixture.ID)).isFalse();
  }

  @Test
  void anAnswerThatIsLostIsNoConflict() {
    fixture.engine.part("a.sql", () -> Rows.of(MIB));
    fixture.store.loseAnswers();
    fixture.take(BackupFixture.ID);
    fixture.readBack(BackupFixture.ID);
  }

  @Test
  void aDeadAttemptThatGoesOnHarmsNothing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch awake = new CountDownLatch(1);
    AtomicInteger opened = new AtomicInteger();
    fixture.engine.part(
        "a.sql",
        () -> {
          if (opened.incrementAndGet() == 1) {
            begun.countDown();
            awaken(awake);
          }
          return Rows.of(MIB);
        });
    Future<?> dead = other.submit(() -> fixture.take(BackupFixture.ID));
    begun.await();
    fixture.take(BackupFixture.ID);
    awake.countDown();
    assertThatThrownBy(dead::get)
        .hasMessageContaining("a.sql.zst.enc in store in memory: an object of that key");
    fixture.readBack(BackupFixture.ID);
  }

  private static void awaken(CountDownLatch awake) throws IOException {
    try {
      awake.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private void stopsSoon(Future<?> take) {
    fixture.reporter.cancel();
    Awaitility.await().atMost(Duration.ofSeconds(8)).until(take::isDone);
    assertThatThrownBy(take::get).hasCauseInstanceOf(ActivityCanceledException.class);
    nothingIsThere();
  }

  private void nothingIsThere() {
    assertThat(fixture.isListed(BackupFixture.ID)).isFalse();
    assertThat(fixture.memory.unfinished()).isZero();
    assertThat(fixture.engine.closed()).isEqualTo(fixture.engine.begun());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private void theNextAttemptSucceeds() {
    fixture.store.recover();
    fixture.engine.without();
    fixture.engine.part("good.sql", () -> Rows.of(MIB));
    fixture.take(BackupFixture.ID);
    fixture.readBack(BackupFixture.ID);
    assertThat(fixture.isListed(BackupFixture.ID)).isTrue();
    assertThat(fixture.store.keys()).noneMatch(key -> key.contains("bad.sql"));
  }

  private static InputStream silent(CountDownLatch reads) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        reads.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw new IOException("the dump was ended", e);
        }
        return -1;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return read();
      }
    };
  }
}
