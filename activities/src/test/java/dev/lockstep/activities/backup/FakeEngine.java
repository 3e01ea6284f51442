package dev.lockstep.activities.backup;

import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.LoadSession;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of parts that a test makes up. */
final class FakeEngine implements DumpEngine, Marks {
  /** Opens a part. */
  interface Opens {
    InputStream open() throws IOException;
  }

  private record FakePart(String name, boolean compressed, Opens opens)
      implements DumpSession.Part {
    @Override
    public InputStream open() throws IOException {
      return opens.open();
    }
  }

  private final List<DumpSession.Part> parts = new ArrayList<>();
  private final ConcurrentMap<String, String> sentinels = new ConcurrentHashMap<>();
  private volatile Instant snapshot = Instant.parse("2026-11-26T02:00:00Z");
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile int keptSentinels;

  void part(String name, Opens opens) {
    parts.add(new FakePart(name, false, opens));
  }

  void compressedPart(String name, Opens opens) {
    parts.add(new FakePart(name, true, opens));
  }

  void without() {
    parts.clear();
  }

  void snapshot(Instant time) {
    snapshot = time;
  }

  int begun() {
    return begun.get();
  }

  int closed() {
    return closed.get();
  }

  int keptSentinels() {
    return keptSentinels;
  }

  private DumpFacts facts(Optional<String> end) {
    SortedMap<String, Long> rows = new TreeMap<>();
    rows.put("public.orders", 3L);
    return new DumpFacts(
        "fake", "1.0", "", "made up", snapshot, Optional.of("0/1"), end, 1000, rows);
  }

  @Override
  public DumpFacts inspect(Database database, Backup backup) {
    return facts(Optional.empty());
  }

  @Override
  public DumpSession dump(Database database, Backup backup, Reporter reporter) {
    begun.incrementAndGet();
    return new DumpSession() {
      @Override
      public DumpFacts facts() {
        return FakeEngine.this.facts(Optional.empty());
      }

      @Override
      public List<Part> parts() {
        return List.copyOf(parts);
      }

      @Override
      public DumpFacts end() {
        return FakeEngine.this.facts(Optional.of("0/2"));
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Marks marks(Database database) {
    return this;
  }

  @Override
  public void writeSentinel(String backup, String id, String value) {
    sentinels.putIfAbsent(backup + "/" + id, value);
  }

  @Override
  public Optional<String> findSentinel(String backup, String id) {
    return Optional.ofNullable(sentinels.get(backup + "/" + id));
  }

  @Override
  public void pruneSentinels(String backup, int keep) {
    keptSentinels = keep;
  }

  @Override
  public List<String> contents() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void claim(String run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> claimedBy() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void release() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SortedMap<String, Long> count(List<String> tables) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> ask(String query) {
    throw new UnsupportedOperationException();
  }
}
