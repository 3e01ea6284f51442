package dev.lockstep.activities.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Retention;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.client.ActivityCompletionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every engine does, with its marks. Each test has two empty databases. */
public abstract class DumpEngineContract {
  private static final String CUSTOMERS = "public.customers";
  private static final String ORDERS = "public.orders";
  private static final List<String> TABLES = List.of(CUSTOMERS, ORDERS);

  private final RecordingReporter reporter = new RecordingReporter();

  /** The engine of a database. */
  protected abstract DumpEngine engine(Database database);

  /** What is dumped. */
  protected abstract Database source();

  /** What is loaded into. */
  protected abstract Database target();

  /** Makes a table anew, with so many rows. */
  protected abstract void table(Database database, String name, int rows);

  private record Taken(DumpFacts facts, Map<String, byte[]> parts) {}

  private static Backup backup(String... tables) {
    return new Backup(
        "nightly",
        "shop",
        "safe",
        Backup.Method.PORTABLE,
        Dump.DEFAULT,
        List.of(tables),
        Retention.ALL,
        Optional.empty(),
        Optional.empty());
  }

  private void fill() {
    table(source(), CUSTOMERS, 3);
    table(source(), ORDERS, 1);
  }

  private Taken take(Backup backup) throws IOException {
    try (DumpSession session = engine(source()).dump(source(), backup, reporter)) {
      return take(session);
    }
  }

  private static Taken take(DumpSession session) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    for (DumpSession.Part part : session.parts()) {
      try (InputStream content = part.open()) {
        assertThat(parts.put(part.name(), content.readAllBytes())).as("another name").isNull();
      }
    }
    return new Taken(session.end(), parts);
  }

  private void load(Taken taken, String... tables) throws IOException {
    try (LoadSession session = engine(target()).load(target(), backup(), taken.facts(), reporter)) {
      for (Map.Entry<String, byte[]> part : taken.parts().entrySet()) {
        byte[] bytes = part.getValue();
        session.load(part.getKey(), bytes.length, new ByteArrayInputStream(bytes), List.of(tables));
      }
      session.finish();
    }
  }

  private Marks marks(Database database) {
    return engine(database).marks(database);
  }

  @Test
  void whatIsDumpedComesBackWithAllItsRows() throws IOException {
    fill();
    Taken taken = take(backup());
    load(taken);
    SortedMap<String, Long> rows = new TreeMap<>(Map.of(CUSTOMERS, 3L, ORDERS, 1L));
    assertThat(marks(target()).count(TABLES)).isEqualTo(rows);
    assertThat(taken.facts().rows()).isEqualTo(rows);
    assertThat(taken.facts().position()).isPresent();
    assertThat(taken.facts().endPosition()).as("known after the last part").isPresent();
  }

  @Test
  void allPartsShowOneMoment() throws IOException {
    fill();
    Taken taken;
    try (DumpSession session = engine(source()).dump(source(), backup(), reporter)) {
      table(source(), "public.later", 1);
      taken = take(session);
    }
    load(taken);
    assertThat(marks(target()).contents()).hasSize(2);
    assertThat(marks(target()).count(List.of("public.later"))).isEmpty();
  }

  @Test
  void partsHaveNamesOfFilesInEachDumpTheSame() throws IOException {
    fill();
    Taken taken = take(backup());
    assertThat(taken.parts().keySet()).allMatch(name -> name.matches("[A-Za-z0-9_.-]+"));
    assertThat(take(backup()).parts().keySet()).containsExactlyElementsOf(taken.parts().keySet());
  }

  @Test
  void aLookSaysWhatADumpSaysAndChangesNothing() throws IOException {
    fill();
    DumpFacts look = engine(source()).inspect(source(), backup());
    DumpFacts facts = take(backup()).facts();
    assertThat(look.engine()).isEqualTo(facts.engine());
    assertThat(look.serverVersion()).isEqualTo(facts.serverVersion());
    assertThat(look.client()).isEqualTo(facts.client());
    assertThat(look.method()).isEqualTo(facts.method());
    assertThat(look.bytes()).isPositive();
    assertThat(look.endPosition()).isEmpty();
    assertThat(marks(source()).contents()).hasSize(2);
    assertThat(marks(source()).claimedBy()).isEmpty();
  }

  @Test
  void onlyChosenTablesAreDumpedOrLoaded() throws IOException {
    fill();
    assertThat(take(backup(ORDERS)).facts().rows()).containsOnlyKeys(ORDERS);

    load(take(backup()), ORDERS);
    assertThat(marks(target()).count(TABLES)).containsOnlyKeys(ORDERS).containsEntry(ORDERS, 1L);
  }

  @Test
  void whatTheContentThrowsIsThrownOn() throws IOException {
    fill();
    Taken taken = take(backup());
    assertThatThrownBy(
            () -> loadAs(taken, half -> new SequenceInputStream(half, broken("the store is away"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the store is away");
    assertThat(marks(target()).count(List.of(CUSTOMERS)).getOrDefault(CUSTOMERS, 0L)).isZero();
  }

  @Test
  void aPartThatIsCutIsNotLoaded() throws IOException {
    fill();
    Taken taken = take(backup());
    assertThatThrownBy(() -> loadAs(taken, half -> half))
        .extracting("type")
        .isEqualTo(FaultCode.LOAD_FAILED.name());
    assertThat(marks(target()).count(List.of(CUSTOMERS)).getOrDefault(CUSTOMERS, 0L)).isZero();
  }

  @Test
  void theWishToStopEndsALoad() throws IOException {
    fill();
    Taken taken = take(backup());
    reporter.cancel();
    assertThatThrownBy(() -> load(taken)).isInstanceOf(ActivityCompletionException.class);
    assertThat(marks(target()).count(List.of(CUSTOMERS)).getOrDefault(CUSTOMERS, 0L)).isZero();
  }

  @Test
  void aClaimIsKeptUntilItIsGivenUpAndIsNoContent() throws IOException {
    Marks marks = marks(target());
    assertThat(marks.claimedBy()).isEmpty();
    marks.claim("shop-copy/1");
    marks.claim("shop-copy/2");
    assertThat(marks.claimedBy()).contains("shop-copy/2");
    assertThat(marks.contents()).isEmpty();

    fill();
    load(take(backup()));
    assertThat(marks.claimedBy()).contains("shop-copy/2");
    marks.release();
    assertThat(marks.claimedBy()).isEmpty();
    assertThat(marks.count(TABLES)).hasSize(2);
  }

  @Test
  void whatIsClearedIsGoneAndCanBeLoadedAgain() throws IOException {
    fill();
    Taken taken = take(backup());
    load(taken);
    assertThat(marks(target()).contents()).hasSize(2);
    marks(target()).clear();
    assertThat(marks(target()).contents()).isEmpty();
    assertThat(marks(target()).count(TABLES)).isEmpty();
    load(taken);
    assertThat(marks(target()).count(TABLES)).hasSize(2);
  }

  @Test
  void atMostTenThingsAreNamed() {
    for (int i = 10; i < 22; i++) {
      table(target(), "public.t" + i, 0);
    }
    assertThat(marks(target()).contents()).hasSize(10);
  }

  @Test
  void aSentinelIsThatOfItsBackupAndTheNewestStay() {
    Marks marks = marks(source());
    assertThat(marks.findSentinel("nightly", "1")).isEmpty();
    marks.writeSentinel("nightly", "1", "one");
    marks.writeSentinel("nightly", "2", "two");
    marks.writeSentinel("nightly", "3", "three");
    marks.writeSentinel("weekly", "1", "other");
    marks.writeSentinel("nightly", "1", "again");
    assertThat(marks.findSentinel("nightly", "1")).contains("again");
    assertThat(marks.findSentinel("weekly", "1")).contains("other");
    assertThat(marks.contents()).isEmpty();

    marks.pruneSentinels("nightly", 2);
    assertThat(marks.findSentinel("nightly", "1")).as("written last").contains("again");
    assertThat(marks.findSentinel("nightly", "3")).contains("three");
    assertThat(marks.findSentinel("nightly", "2")).isEmpty();
    assertThat(marks.findSentinel("weekly", "1")).contains("other");
  }

  @FunctionalInterface
  private interface Content {
    InputStream of(InputStream half);
  }

  /** Loads the part that has the customers with other content, and all before it as they are. */
  private void loadAs(Taken taken, Content content) throws IOException {
    try (LoadSession session = engine(target()).load(target(), backup(), taken.facts(), reporter)) {
      for (Map.Entry<String, byte[]> part : taken.parts().entrySet()) {
        byte[] bytes = part.getValue();
        boolean whole = !part.getKey().contains(CUSTOMERS);
        InputStream half = new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length / 2));
        session.load(
            part.getKey(),
            bytes.length,
            whole ? new ByteArrayInputStream(bytes) : content.of(half),
            List.of());
      }
    }
  }

  private static InputStream broken(String why) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException(why);
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return read();
      }
    };
  }
}
