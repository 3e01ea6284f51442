package dev.lockstep.activities.dump;

import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One database in memory, and the product that it is of. A dump of a table is one part: the name of
 * the part is the table's, each line of it a row. Whatever database it is asked for, it is this
 * one.
 */
public final class MemoryDatabase implements DumpEngine, Marks {
  /** Opens the rows of a table. */
  @FunctionalInterface
  public interface Opens {
    /** From the first row on. */
    InputStream open() throws IOException;
  }

  private final Map<String, Table> tables = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, String> sentinels = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, String> answers = Collections.synchronizedMap(new TreeMap<>());
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile Instant snapshot = Instant.parse("2026-11-26T02:00:00Z");
  private volatile Optional<String> claim = Optional.empty();
  private volatile String refused = "";
  private volatile Runnable whileLoading = () -> {};
  private volatile int keptSentinels;

  private record Table(boolean compressed, Opens opens) {}

  /** A table of rows that are made when they are read. */
  public void part(String name, Opens opens) {
    tables.put(name, new Table(false, opens));
  }

  /** The same, of a product that compresses them itself. */
  public void compressedPart(String name, Opens opens) {
    tables.put(name, new Table(true, opens));
  }

  /** A table of so many equal rows. */
  public void table(String name, int rows) {
    byte[] content = "row\n".repeat(rows).getBytes(StandardCharsets.US_ASCII);
    part(name, () -> new ByteArrayInputStream(content));
  }

  /** Without one of its tables. */
  public void drop(String name) {
    tables.remove(name);
  }

  /** Without any table. */
  public void without() {
    tables.clear();
  }

  /** Its tables with their numbers of rows. */
  public SortedMap<String, Long> tables() {
    return count(List.copyOf(tables.keySet()));
  }

  /** The time of dumps from now on. */
  public void snapshot(Instant time) {
    snapshot = time;
  }

  /** Loading a part of that name fails; empty: none does. */
  public void refuse(String name) {
    refused = name;
  }

  /** Done in each load, when the table is there and has no rows. */
  public void whileLoading(Runnable work) {
    whileLoading = work;
  }

  /** What a query gives. */
  public void answer(String query, String value) {
    answers.put(query, value);
  }

  /** What loads and changes of marks were asked for, in order. */
  public List<String> told() {
    return told;
  }

  /** Dumps that were begun. */
  public int begun() {
    return begun.get();
  }

  /** Dumps that were closed, each time they were. */
  public int closed() {
    return closed.get();
  }

  /** How many sentinels the last pruning was to keep. */
  public int keptSentinels() {
    return keptSentinels;
  }

  private DumpFacts facts() {
    return new DumpFacts(
        "memory",
        "1.0",
        "",
        "lines",
        snapshot,
        Optional.of("0/1"),
        Optional.empty(),
        1000,
        new TreeMap<>());
  }

  @Override
  public DumpFacts inspect(Database database, Backup backup) {
    return facts();
  }

  @Override
  public DumpSession dump(Database database, Backup backup, Reporter reporter) {
    begun.incrementAndGet();
    SortedMap<String, Long> rows = Collections.synchronizedSortedMap(new TreeMap<>());
    List<DumpSession.Part> parts = new ArrayList<>();
    synchronized (tables) {
      tables.forEach(
          (name, table) -> {
            if (backup.tables().isEmpty() || backup.tables().contains(name)) {
              MemoryPart.Seen seen =
                  new MemoryPart.Seen(reporter::alive, count -> rows.put(name, count));
              parts.add(new MemoryPart(name, table.compressed(), table.opens(), seen));
            }
          });
    }
    return new Dumping(facts(), List.copyOf(parts), rows);
  }

  private final class Dumping implements DumpSession {
    private final DumpFacts facts;
    private final List<Part> parts;
    private final SortedMap<String, Long> rows;

    Dumping(DumpFacts facts, List<Part> parts, SortedMap<String, Long> rows) {
      this.facts = facts;
      this.parts = parts;
      this.rows = rows;
    }

    @Override
    public DumpFacts facts() {
      return facts;
    }

    @Override
    public List<Part> parts() {
      return parts;
    }

    @Override
    public DumpFacts end() {
      return facts.withEndPosition("0/2").withRows(rows);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Override
  public LoadSession load(Database target, Backup backup, DumpFacts facts, Reporter reporter) {
    return new LoadSession() {
      @Override
      public void load(String name, long bytes, InputStream content, List<String> chosen)
          throws IOException {
        reporter.alive();
        told.add("load " + name + " " + bytes + " " + chosen);
        if (chosen.isEmpty() || chosen.contains(name)) {
          loadTable(name, bytes, content);
        } else {
          content.transferTo(OutputStream.nullOutputStream());
        }
      }

      @Override
      public void finish() {
        told.add("finish");
      }

      @Override
      public void close() {
        told.add("close");
      }
    };
  }

  private void loadTable(String name, long bytes, InputStream content) throws IOException {
    table(name, 0);
    whileLoading.run();
    if (name.equals(refused)) {
      throw Faults.failure(FaultCode.LOAD_FAILED, "the program says no to " + name, "");
    }
    byte[] rows = content.readAllBytes();
    if (rows.length != bytes) {
      throw Faults.failure(
          FaultCode.LOAD_FAILED, "%d bytes of %s, not %d".formatted(rows.length, name, bytes), "");
    }
    part(name, () -> new ByteArrayInputStream(rows));
  }

  @Override
  public Marks marks(Database database) {
    return this;
  }

  @Override
  public void writeSentinel(String backup, String id, String value) {
    sentinels.remove(backup + "/" + id);
    sentinels.put(backup + "/" + id, value);
  }

  @Override
  public Optional<String> findSentinel(String backup, String id) {
    return Optional.ofNullable(sentinels.get(backup + "/" + id));
  }

  @Override
  public void pruneSentinels(String backup, int keep) {
    keptSentinels = keep;
    List<String> keys =
        List.copyOf(sentinels.keySet()).stream()
            .filter(key -> key.startsWith(backup + "/"))
            .toList();
    keys.subList(0, Math.max(0, keys.size() - keep)).forEach(sentinels::remove);
  }

  @Override
  public List<String> contents() {
    return List.copyOf(tables.keySet()).stream().sorted().limit(10).toList();
  }

  @Override
  public void claim(String run) {
    told.add("claim " + run);
    claim = Optional.of(run);
  }

  @Override
  public Optional<String> claimedBy() {
    return claim;
  }

  @Override
  public void clear() {
    told.add("clear");
    tables.clear();
    sentinels.clear();
  }

  @Override
  public void release() {
    told.add("release");
    claim = Optional.empty();
  }

  @Override
  public SortedMap<String, Long> count(List<String> names) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (String name : names) {
      Optional.ofNullable(tables.get(name)).ifPresent(table -> counts.put(name, rows(table)));
    }
    return counts;
  }

  private static long rows(Table table) {
    try (InputStream content = table.opens().open()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> ask(String query) {
    return Optional.ofNullable(answers.get(query));
  }
}
